using System.CommandLine;

namespace LStep.Silo.Verbs;

/// <summary>Rule sets as files.</summary>
public static class RulesVerb
{
    public static Command Build() => new("rules", "Plays a rule set over the recorded history.")
    {
        BacktestVerb.Build(),
    };
}
