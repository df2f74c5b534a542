using System.CommandLine;
using LStep.Grains.Database;
using LStep.Grains.People;
using LStep.Silo.Keys;

namespace LStep.Silo.Verbs;

/// <summary>Keys and sign-in links, directly in the database: who may read the data folder needs no key.</summary>
public static class KeysVerb
{
    public static Command Build() => new("keys", "Lists, adds and revokes keys; prints a one-time sign-in link.")
    {
        List(), Add(), Revoke(), Restore(), Link(),
    };

    private static Command List() => Verb("list", "All keys, without their secrets.", [], async (data, _, cancel) =>
    {
        const string Line = "{0,-18} {1,-8} {2,-24} {3,-17} {4,-17} {5,-17} {6,-17} {7,-8} {8}";
        Console.WriteLine(Line, "id", "role", "name", "created", "expires", "revoked", "last used", "sessions", "made by");
        foreach (var key in await data.Tokens.List(cancel))
            Console.WriteLine(
                Line, key.Id, Tokens.NameOf(key.Role), key.Name, Time(key.CreatedAt), Time(key.ExpiresAt), Time(key.RevokedAt),
                Time(key.LastUsedAt), key.Sessions.Count, key.IsPerson ? "(sign-in provider)" : key.CreatedBy);
        return 0;
    });

    private static Command Add()
    {
        var role = new Argument<string>("ROLE") { Description = "ingest, viewer, success or admin" };
        role.AcceptOnlyFromAmong("ingest", "viewer", "success", "admin");
        var name = new Argument<string>("NAME")
        {
            Description = "Whose it is; keys list shows it.",
            CustomParser = result =>
                result.Tokens[0].Value.Trim() is { Length: > 0 and <= Tokens.NameCharsMax } text && !text.Any(char.IsControl)
                ? text : OptionTexts.Fail<string>(result, $"NAME is a text of 1 to {Tokens.NameCharsMax} characters"),
        };
        var expires = new Option<DateTimeOffset?>("--expires")
        {
            Description = "When it stops working by itself; never without it",
            HelpName = "ISO-INSTANT",
            CustomParser = result => OptionTexts.TryInstant(result.Tokens[0].Value, out var instant) ? instant
                : OptionTexts.Fail<DateTimeOffset?>(
                    result, $"'{result.Tokens[0].Value}' is no instant; one looks like 2026-01-02T03:04:05Z"),
        };
        var verb = Verb("add", "Makes a key and prints it, this once.", [role, name, expires], async (data, parsed, cancel) =>
        {
            var kind = Tokens.RoleOf(parsed.GetValue(role)!);
            var made = await data.Tokens.Create(kind, parsed.GetValue(name)!, parsed.GetValue(expires), Person.CommandLine, cancel);
            if (made is not var (_, secret)) return await Refuse("--expires has passed already.");
            Console.WriteLine(secret);
            return 0;
        });
        verb.Aliases.Add("create");
        return verb;
    }

    private static Command Revoke()
    {
        var id = new Argument<string>("ID") { Description = "As keys list shows it." };
        const string What = "Revokes a key or a link, with its sessions and their hub streams, on every node within 5 s.";
        return Verb("revoke", What, [id], async (data, parsed, cancel) => await data.Tokens.Revoke(parsed.GetValue(id)!, cancel) switch
        {
            Revocation.Done => 0,
            Revocation.LastAdminKey => await Refuse("This is the last key of an admin. Make another first: ./lstep keys add admin NAME"),
            _ => await Refuse("There is no valid key or link with that id; keys list shows them."),
        });
    }

    private static Command Restore()
    {
        var id = new Argument<string>("ID") { Description = "As keys list shows it." };
        const string What = "Lets somebody who signs in by the provider in again after they were revoked. A key that was revoked stays so.";
        return Verb("restore", What, [id], async (data, parsed, cancel) =>
            await data.Tokens.Restore(parsed.GetValue(id)!, Person.CommandLine, cancel) ? 0
                : await Refuse("There is nobody of the provider with this id who was revoked."));
    }

    private static async Task<int> Refuse(string why)
    {
        await Console.Error.WriteLineAsync(why);
        return 1;
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
