using System.Text.Json;
using LStep.Domain.Measuring;

namespace LStep.Domain.Deciding;

public static partial class DecisionRecord
{
    static void WriteRule(Utf8JsonWriter json, Rule rule, Measures measures, in Ruling ruling)
    {
        var finding = ruling.Met?.Find(found => found.Rule.Id == rule.Id);
        json.WriteStartObject();
        json.WriteNumber("id", rule.Id);
        json.WriteString("name", rule.Name);
        json.WriteString("to", rule.To.Code());
        json.WriteNumber("priority", rule.Priority);
        json.WriteBoolean("automatic", rule.Automatic);
        json.WriteBoolean("requiresApproval", rule.RequiresApproval);
        json.WriteBoolean("usualRhythm", rule.UsualRhythm);
        json.WritePropertyName("conditions");
        ConditionJson.Write(json, rule.Conditions);
        json.WriteBoolean("met", finding is not null && finding.Held != Holds.UsualRhythm);
        WriteNumber(json, "confidence", finding?.Confidence);
        WriteNumber(json, "calibratedConfidence", finding?.Calibrated);
        json.WriteString("held", finding?.Held);
        json.WriteString("lostBecause", finding is null ? null : Explanation.LostBecause(finding, ruling.Winner));
        json.WriteStartArray("clauses");
        foreach (var clause in Clauses.Of(rule, new Measured(measures))) WriteClause(json, clause);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void WriteClause(Utf8JsonWriter json, ClauseView clause)
    {
        json.WriteStartObject();
        json.WriteString("metric", clause.Metric);
        json.WriteString("operator", clause.Operator);
        json.WritePropertyName("threshold");
        json.WriteRawValue(clause.Threshold);
        json.WritePropertyName("observed");
        WriteValue(json, clause.Observed);
        json.WriteBoolean("met", clause.Met);
        json.WriteNumber("margin", clause.Margin);
        json.WriteNumber("evidence", clause.Evidence);
        json.WriteEndObject();
    }

    static void WriteValue(Utf8JsonWriter json, MetricValue value)
    {
        if (value.Number is { } number) json.WriteNumberValue(number);
        else if (value.Text is { } text) json.WriteStringValue(text);
        else if (value.List is { } list)
        {
            json.WriteStartArray();
            foreach (var item in list) json.WriteStringValue(item);
            json.WriteEndArray();
        }
        else json.WriteNullValue();
    }
}
