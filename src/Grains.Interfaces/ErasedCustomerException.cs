namespace LStep;

/// <summary>The customer was erased: nothing was recorded, and nothing will be.</summary>
[GenerateSerializer, Alias("lstep.erased-customer")]
public sealed class ErasedCustomerException() : Exception(Sentence)
{
    /// <summary>The code of rejections that come of it.</summary>
    public const string Code = "erased";

    /// <summary>For the sender, and for the list of refused events: without the person.</summary>
    public const string Sentence = "The person was erased on request; nothing more is recorded.";
}
