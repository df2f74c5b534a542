using System.Text;

namespace LStep.System.Tests.Http;

/// <summary>One request of each kind that programs have failed at; `bench fuzz` makes them up by the thousand.</summary>
public sealed class HostileRequestTests(LStepHostFixture fixture) : IClassFixture<LStepHostFixture>
{
    private readonly LStepHost host = fixture.Host;

    public static TheoryData<string, string> Requests { get; } = new()
    {
        { "POST /v1/track HTTP/1.1|Origin: http://a\u0001b||{}", "400" },
        { "POST /v1/track HTTP/1.1|Origin: http://\u00e9||{}", "400" },
        { "OPTIONS /v1/track HTTP/1.1|Origin: http://a|Access-Control-Request-Method: \u0002||", "400" },
        { "OPTIONS /v1/track HTTP/1.1|Origin: http://a|Access-Control-Request-Headers: a\u0003b||", "400" },
        { "OPTIONS /v1/track HTTP/1.1|Origin: http://a|Access-Control-Request-Method: POST|Access-Control-Request-Headers: x-a||", "204" },
        { "POST /api/session HTTP/1.1|Content-Type: application/json; charset=utf-7||{\"token\":\"x\"}", "415" },
        { "POST /api/session HTTP/1.1|Content-Type: application/json; charset=utf-16||{\"token\":\"x\"}", "415" },
        { "POST /api/session HTTP/1.1|Content-Type: application/json; charset=\"utf-8\"||{\"token\":\"x\"}", "401" },
        { "POST /api/session HTTP/1.1|Content-Type: application/json|Transfer-Encoding: chunked||FFFFFFFFFFFFFFFFF|x|", "400" },
        { "POST /v1/track HTTP/1.1|Transfer-Encoding: chunked||80000000000|x|", "400" },
        { "POST /v1/track HTTP/1.1|Transfer-Encoding: chunked||zz|x|", "400" },
        { "POST /v1/track HTTP/1.1|Transfer-Encoding: chunked||2|{}|0|Trailer: \0||", "400" },
        { "POST /api/session HTTP/1.1|Content-Type: application/json|Transfer-Encoding: chunked||2|{}|0|Trailer: \0||", "400" },
        { "POST /v1/track HTTP/1.1|Content-Encoding: gzip||no gzip", "400" },
        { "GET /api/customers?q=%00 HTTP/1.1||", "400" },
        { "GET /api/customers?q=%FF%FE HTTP/1.1||", "200" },
        { "GET /api/customers?q=%ED%A0%80 HTTP/1.1||", "200" },
        { "GET /api/customers/%C0%AF HTTP/1.1||", "404" },
        { "GET /api/customers?cursor=%00 HTTP/1.1||", "400" },
        { "GET /api/evaluations/%C3%28/%00 HTTP/1.1||", "400" },
        { "GET /api/customers HTTP/1.0||", "200" },
        { "GET /api/customers HTTP/1.1|If-None-Match: nonsense\u0001,,\"||", "200" },
        { "GET /api/customers HTTP/1.1|Cookie: lstep_session=\u0001;;=||", "200" },
        { "DELETE /api/customers HTTP/1.1||", "405" },
        { "PATCH /v1/batch HTTP/1.1||{}", "405" },
        { "POST /hubs/lifecycle/negotiate?negotiateVersion=99999999999 HTTP/1.1||", "200" },
        { "POST /hubs/lifecycle?id=%00 HTTP/1.1||[", "404" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task What_is_wrong_with_a_request_is_never_a_fault_of_the_servers(string request, string status)
    {
        var end = request.IndexOf("||", StringComparison.Ordinal);
        var (head, body) = (request[..end], request[(end + 2)..]);
        var key = head.Contains("/v1", StringComparison.Ordinal)
            ? "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(host.WriteKey + ":"))
            : "Bearer " + host.AdminToken;
        var length = head.Contains("Transfer-Encoding", StringComparison.Ordinal) ? "" : $"Content-Length: {body.Length}\r\n";

        var answer = await RawHttp.Answer(
            host.Address,
            $"{head.Replace("|", "\r\n", StringComparison.Ordinal)}\r\n"
                + $"Host: any\r\nAuthorization: {key}\r\nConnection: close\r\n{length}\r\n"
                + body.Replace("|", "\r\n", StringComparison.Ordinal));

        Assert.Matches($"^HTTP/1.1 {status} ", answer);
        if (status is "405") Assert.Contains("\r\nAllow: ", answer);
    }
}
