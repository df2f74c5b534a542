using System.CommandLine;

namespace LStep.Silo.Verbs;

/// <summary>Serves until it is told to stop.</summary>
public static class RunVerb
{
    public static Command Build()
    {
        var verb = new Command(
            "run", "Migrates and serves, on a private PostgreSQL unless a connection string is given; Ctrl-C stops it cleanly.");
        var common = new CommonOptions().AddTo(verb, serving: true);
        verb.SetAction(async (parsed, cancel) =>
        {
            var options = common.Read(parsed);
            await using var silo = await LStepSilo.Start(options, cancel);
            if (!options.LogJson) StartText.Write(silo);
            await silo.UntilStopped(cancel);
        });
        return verb;
    }
}
