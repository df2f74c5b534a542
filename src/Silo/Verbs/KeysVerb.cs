using System.CommandLine;
using LStep.Grains.Database;
using LStep.Grains.People;
using LStep.Silo.Keys;

namespace LStep.Silo.Verbs;

/// <summary>Keys and sign-in links, directly in the database: who may read the data folder needs no key.</summary>
public static class KeysVerb
{
    public static Command Build() => new("keys", "Lists, creates and revokes keys; prints a one-time sign-in link.")
    {
        List(), Create(), Revoke(), Link(),
    };

    private static Command List() => Verb("list", "All keys, without their secrets.", [], async (data, _, cancel) =>
    {
        const string Line = "{0,-18} {1,-8} {2,-24} {3,-17} {4,-17} {5,-17} {6}";
        Console.WriteLine(Line, "id", "role", "name", "created", "expires", "revoked", "sessions");
        foreach (var key in await data.Tokens.List(cancel))
            Console.WriteLine(
                Line, key.Id, Tokens.NameOf(key.Role), key.Name, Time(key.CreatedAt), Time(key.ExpiresAt), Time(key.RevokedAt),
                key.Sessions.Count);
        return 0;
    });

    private static Command Create()
    {
        var role = new Argument<string>("ROLE") { Description = "ingest, viewer, success or admin" };
        role.AcceptOnlyFromAmong("ingest", "viewer", "success", "admin");
        var name = new Argument<string>("NAME") { Description = "Whose it is; keys list shows it." };
        return Verb("create", "Makes a key and prints it, this once.", [role, name], async (data, parsed, cancel) =>
        {
            var kind = Tokens.RoleOf(parsed.GetValue(role)!);
            var made = await data.Tokens.Create(kind, parsed.GetValue(name)!, expiresAt: null, Actor.CommandLine, cancel);
            Console.WriteLine(made!.Value.Secret);
            return 0;
        });
    }

    private static Command Revoke()
    {
        var id = new Argument<string>("ID") { Description = "As keys list shows it." };
        const string What = "Revokes a key or a link, with its sessions and their hub streams, on every node within 5 s.";
        return Verb("revoke", What, [id], async (data, parsed, cancel) =>
        {
            if (await data.Tokens.Revoke(parsed.GetValue(id)!, cancel)) return 0;
            await Console.Error.WriteLineAsync("There is no valid key or link with that id; keys list shows them.");
            return 1;
        });
    }

    private static Command Link()
    {
        var server = new Option<Uri?>("--url")
        {
            Description = "Where people reach the dashboard (LSTEP_PUBLIC_URL; the server that runs on the data)",
            HelpName = "URL",
            CustomParser = OptionTexts.Address,
            DefaultValueFactory = result => CommonOptions.Variable("LSTEP_PUBLIC_URL") is { } text
                ? OptionTexts.PublicUrlIn(result, text, "LSTEP_PUBLIC_URL") : null,
        };
        var role = new Option<string>("--role") { Description = "viewer, success or admin", DefaultValueFactory = _ => "admin" };
        role.AcceptOnlyFromAmong("viewer", "success", "admin");
        return Verb("link", "Prints a sign-in link, good once, for ten minutes.", [server, role], async (data, parsed, cancel) =>
        {
            var address = parsed.GetValue(server) ?? await data.Server(cancel);
            // Whoever revokes the configured admin token wants to be rid of what was opened in its name, too.
            var admin = data.Options.AdminToken ?? new KeyFile(data.Options.DataFolder).Read()?.AdminToken;
            var madeWith = admin is null ? null : await data.Tokens.Find(Tokens.Hash(admin), isKnown: true, cancel);
            var secret = await data.Tokens.NewLink(Tokens.RoleOf(parsed.GetValue(role)!), "sign-in link", madeWith, cancel);
            Console.WriteLine($"{address.ToString().TrimEnd('/')}/#link={secret}");
            return 0;
        });
    }

    private sealed record Standing(SiloOptions Options, PostgresDatabase Database)
    {
        public Tokens Tokens { get; } = new(Database);

        public Task<Uri> Server(CancellationToken cancel) => StandingData.Server(Options, Database, cancel);
    }

    private static Command Verb(
        string name, string description, Symbol[] symbols, Func<Standing, ParseResult, CancellationToken, Task<int>> work)
    {
        var verb = new Command(name, description);
        foreach (var symbol in symbols)
            if (symbol is Argument argument) verb.Add(argument);
            else if (symbol is Option option) verb.Add(option);
        var common = new CommonOptions().AddTo(verb, serving: false);
        verb.SetAction(async (parsed, cancel) =>
        {
            var options = StandingData.Find(common.Read(parsed, serving: false));
            await using var opened = await OpenDatabase.At(options, cancel);
            await new Migrator(opened.Database).Up(cancel);
            return await work(new Standing(options, opened.Database), parsed, cancel);
        });
        return verb;
    }

    private static string Time(DateTimeOffset? at) => at is null ? "" : $"{at.Value.UtcDateTime:yyyy-MM-dd HH:mm}";
}
