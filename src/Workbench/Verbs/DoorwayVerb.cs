using System.CommandLine;
using LStep.Silo.Verbs;
using LStep.Workbench.Bench.Peers;

namespace LStep.Workbench.Verbs;

/// <summary>The plain service that bench ingest compares with; the bench starts it.</summary>
public static class DoorwayVerb
{
    public static Command Build()
    {
        var port = new Option<int>("--port") { Required = true };
        var verb = new Command(DoorwayProcess.Verb, "Takes batches of events and keeps them in one table; nothing else.") { port };
        verb.Hidden = true;
        verb.SetAction(async (parsed, cancel) =>
        {
            var connectionString = CommonOptions.Variable(DoorwayProcess.PostgresVariable)
                ?? throw new VerbRefusedException($"{DoorwayProcess.PostgresVariable} has to say where the database is.");
            await PlainDoorway.Serve(connectionString, parsed.GetValue(port), cancel);
        });
        return verb;
    }
}
