using System.Text.Json;
using LStep.Api.Http;

namespace LStep.Testing;

public static class Answers
{
    public static async Task<JsonElement> Json(this HttpResponseMessage answer) =>
        JsonElement.Parse(await answer.Content.ReadAsStringAsync());

    /// <summary>The code of a problem.</summary>
    public static async Task<string?> Code(this HttpResponseMessage answer) => (await answer.Json()).GetProperty("code").GetString();
}
