using System.Security.Cryptography;
using System.Text;

namespace LStep.Domain.Deciding;

/// <summary>Ids of reviews follow from the customer and the review's number, so that deciding stays pure.</summary>
public static class ReviewIds
{
    public static Guid Of(string customerId, int number)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{customerId}\n{number}"), digest);
        return new Guid(digest[..16], bigEndian: true);
    }
}
