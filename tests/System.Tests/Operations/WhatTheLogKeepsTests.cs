using System.Net.Http.Json;
using System.Text;
using LStep.Grains.Operations.Verifying;
using LStep.Grains.Rules;
using Microsoft.Extensions.DependencyInjection;

namespace LStep.System.Tests.Operations;

/// <summary>
/// Whatever the ingest takes, the log keeps it so that recounting comes to the very state that was committed: numbers in odd forms, dates
/// of every kind, traits by many names, repeats and late events.
/// </summary>
public sealed class WhatTheLogKeepsTests
{
    private const int Customers = 40, MessagesEach = 60;
    private static readonly DateTimeOffset Begin = new(2026, 6, 30, 10, 0, 0, TimeSpan.Zero);

    private static readonly string[] Numbers =
    [
        "-0", "0", "0.0", "-0.0", "1e1", "1E+1", "100", "100.0000", "99.99999999", "33.333333333333333333333333333333", "1e-30", "75.50",
        "\"80\"", "\"8e1\"", "\"-0\"", "7.0e0", "12.00005", "null", "\"\"", "[]",
    ];

    private static readonly string[] Dates =
    [
        "0", "\"0000-00-00\"", "1767607530", "1767607530123", "1767607530.9999", "\"20260105\"", "20260105", "null", "true",
        "\"20260105T101530,123456+0930\"", "\"2026-01-05T24:00:00Z\"", "\"2016-12-31T23:59:60Z\"", "\"soon\"",
        "\"1999-12-31T23:59:59.9999Z\"", "\"8999-12-31\"",
    ];

    private static readonly string[] Words =
    [
        "true", "false", "0", "1", "\"No\"", "\"y\"", "\"maybe\"", "null", "-0", "2", "{}",
        "\"é\\u00e9\\ud83c\\udfc6\"", "\"\\u001f/\\\"\"",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Any_message_that_is_taken_is_recounted_to_what_was_stored(int seed)
    {
        await using var host = await LStepHost.Start(Begin);
        var random = new Random(seed);
        var taken = 0;
        for (var round = 0; round < MessagesEach / 10; round++)
        {
            var batch = Enumerable.Range(0, Customers * 10).Select(i => Message(random, $"c{i % Customers}", $"{round}-{i}"));
            var json = $$"""{"batch":[{{string.Join(',', batch)}}]}""";
            var path = round % 3 == 2 ? "/v1/import" : "/v1/batch";
            var answer = await host.Ingest.PostAsync(path, new StringContent(json, Encoding.UTF8, "application/json"));
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
            if (round == 3) await host.MoveClock(Begin.AddDays(20));
        }
        var result = await host.Services.GetRequiredService<Verify>().Run(
            host.Services.GetRequiredService<RulebookSource>().Current, host.Now);
        Assert.True(result.Same, string.Join('\n', result.Differences));
        taken = (int)result.Activities;
        Assert.InRange(taken, Customers * MessagesEach / 2, Customers * MessagesEach);
    }

    private static string Message(Random random, string customer, string id)
    {
        string Of(string[] values) => values[random.Next(values.Length)];
        var at = Begin.AddMilliseconds(-random.NextInt64(1, 60L * 86_400_000)).AddDays(random.Next(3) == 0 ? -60 : 0).ToString("O");
        var head = $"\"userId\":\"{customer}\",\"messageId\":\"{id}\",\"timestamp\":\"{at}\"";
        var subject = random.Next(4) switch { 0 => "\"\"", 1 => "7", var n => $"\"s{n}\"" };
        return random.Next(6) switch
        {
            0 => $$"""{"type":"track","event":"Quiz Completed",{{head}},"properties":{"score":{{Of(Numbers)}},"final":{{Of(Words)}} } }""",
            1 => $$"""
                {"type":"track","event":"Module Completed",{{head}},
                    "properties":{"moduleId":{{subject}},"curriculumCompletion":{{Of(Numbers)}} } }
                """,
            2 => $$"""{"type":"track","event":"Lesson Completed",{{head}},"properties":{"lessonId":{{subject}} } }""",
            3 => $$"""{"type":"track","event":"NPS Submitted",{{head}},"properties":{"score":{{Of(Numbers)}} } }""",
            4 => $$"""{"type":"page","name":{{Of(Words)}},{{head}},"properties":{"count":{{Of(Numbers)}} } }""",
            _ => $$"""
                {"type":"identify",{{head}},"traits":{"createdAt":{{Of(Dates)}},"enrolled_at":{{Of(Dates)}},"startsAt":{{Of(Dates)}},
                    "ltv":{{Of(Numbers)}},"curriculumCompletion":{{Of(Numbers)}},"consent":{"email":{{Of(Words)}},"push":{{Of(Words)}} },
                    "Consent.Email":{{Of(Words)}},"plan":{{(random.Next(2) == 0 ? "\"Pro\"" : Of(Words))}},"tier":{{Of(Words)}},
                    "email":{{Of(Words)}},"name":{{Of(Words)}},"a {{random.Next(3)}}":{{Of(Words)}},
                    "A_{{random.Next(3)}}":{{Of(Numbers)}} } }
                """,
        };
    }
}
