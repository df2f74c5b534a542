using System.Text.RegularExpressions;
using LStep.Grains.People;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace LStep.System.Tests.Auth;

/// <summary>Who an endpoint is for.</summary>
public enum Least { Anybody, WriteKey, Viewer, Success, Admin }

public sealed record Guarded(string Method, string Path, Least Least)
{
    /// <summary>Null where no role opens it.</summary>
    public Role? Role => Least switch
    {
        Least.Viewer => Grains.People.Role.Viewer,
        Least.Success => Grains.People.Role.Success,
        Least.Admin => Grains.People.Role.Admin,
        _ => null,
    };

    public override string ToString() => $"{Method} {Path}";
}

/// <summary>
/// Every endpoint by name, with the least role that may call it: section 23 of the contract. Names of path parameters do not matter.
/// An endpoint without a row fails the tests; a row whose endpoint is not there says who it will be for.
/// </summary>
public static partial class AuthorizationTable
{
    private const string Rows = """
        GET    /health/live                          anybody
        GET    /health/ready                         anybody
        GET    /docs                                 anybody
        GET    /docs/scalar.js                       anybody
        GET    /docs/start.js                        anybody
        POST   /api/session                          anybody
        GET    /api/session/provider                 anybody
        GET    /api/session/providers                anybody
        GET    /card/{}                              anybody
        GET    /o/{}                                 anybody
        GET    /c/{}                                 anybody
        GET    /u/{}                                 anybody
        POST   /u/{}                                 anybody
        POST   /v1/hooks/{}                          anybody

        POST   /v1/track                             write-key
        POST   /v1/t                                 write-key
        POST   /v1/identify                          write-key
        POST   /v1/i                                 write-key
        POST   /v1/page                              write-key
        POST   /v1/p                                 write-key
        POST   /v1/screen                            write-key
        POST   /v1/s                                 write-key
        POST   /v1/group                             write-key
        POST   /v1/g                                 write-key
        POST   /v1/alias                             write-key
        POST   /v1/a                                 write-key
        POST   /v1/batch                             write-key
        POST   /v1/b                                 write-key
        POST   /v1/import                            write-key
        GET    /v1/projects/{}/settings              write-key
        POST   /v1/feedback/{}                       write-key
        POST   /v1/m                                 anybody

        GET    /xapi/about                           anybody
        PUT    /xapi/statements                      write-key
        POST   /xapi/statements                      write-key
        GET    /xapi/statements                      write-key
        GET    /xapi/activities                      write-key
        GET    /xapi/agents                          write-key
        GET    /xapi/activities/state                write-key
        PUT    /xapi/activities/state                write-key
        POST   /xapi/activities/state                write-key
        DELETE /xapi/activities/state                write-key
        GET    /xapi/activities/profile              write-key
        PUT    /xapi/activities/profile              write-key
        POST   /xapi/activities/profile              write-key
        DELETE /xapi/activities/profile              write-key
        GET    /xapi/agents/profile                  write-key
        PUT    /xapi/agents/profile                  write-key
        POST   /xapi/agents/profile                  write-key
        DELETE /xapi/agents/profile                  write-key
        POST   /caliper                              write-key

        GET    /openapi/v1.json                      viewer
        GET    /metrics                              viewer
        POST   /mcp                                  viewer
        *      /hubs/lifecycle                       viewer
        *      /hubs/lifecycle/negotiate             viewer
        GET    /api/session                          viewer
        DELETE /api/session                          viewer
        GET    /api/customers                        viewer
        POST   /api/customers/names                  viewer
        GET    /api/customers/{}                     viewer
        GET    /api/customers/{}/metrics             viewer
        GET    /api/customers/{}/timeline            viewer
        GET    /api/customers/{}/decisions/{}        viewer
        GET    /api/customers/{}/evaluation          viewer
        GET    /api/customers/{}/inbox               viewer
        GET    /api/views                            viewer
        GET    /api/views/{}                         viewer
        PUT    /api/views/{}                         viewer
        DELETE /api/views/{}                         viewer
        GET    /api/transitions                      viewer
        GET    /api/reviews                          viewer
        GET    /api/rules                            viewer
        GET    /api/rules/versions                   viewer
        GET    /api/rules/versions/{}                viewer
        GET    /api/rules/shadow                     viewer
        GET    /api/rules/backtests                  viewer
        GET    /api/rules/backtests/{}               viewer
        GET    /api/evaluations                      viewer
        GET    /api/evaluations/{}                   viewer
        GET    /api/evaluations/{}/errors            viewer
        GET    /api/analytics/overview               viewer
        GET    /api/analytics/distribution           viewer
        GET    /api/analytics/flow                   viewer
        GET    /api/analytics/cohorts                viewer
        GET    /api/analytics/risks                  viewer
        GET    /api/analytics/automation             viewer
        GET    /api/analytics/kpis                   viewer
        GET    /api/analytics/today                  viewer
        GET    /api/analytics/weekly                 viewer
        GET    /api/predictions/model                viewer
        GET    /api/predictions/models               viewer
        GET    /api/predictions/training             viewer
        GET    /api/predictions/watch                viewer
        GET    /api/analytics/matrix                 viewer
        GET    /api/recommendations                  viewer
        GET    /api/analytics/value                  viewer
        GET    /api/analytics/value/costs            viewer
        GET    /api/events                           viewer
        GET    /api/rejected                         viewer
        GET    /api/flags                            viewer
        GET    /api/nodes                            viewer
        GET    /api/operations                       viewer
        GET    /api/tasks                            viewer
        GET    /api/campaigns                        viewer
        GET    /api/campaigns/versions               viewer
        GET    /api/campaigns/versions/{}            viewer
        GET    /api/campaigns/{}/report              viewer
        GET    /api/actions                          viewer
        GET    /api/actions/{}                       viewer
        GET    /api/mailbox                          viewer
        GET    /api/mailbox/{}                       viewer

        POST   /api/customers/{}/evaluation          success
        PUT    /api/customers/{}/status              success
        POST   /api/customers/bulk                   success
        POST   /api/customers/{}/notes               success
        POST   /api/transitions/{}/undo              success
        POST   /api/reviews/{}/approve               success
        POST   /api/reviews/{}/reject                success
        POST   /api/reviews/bulk                     success
        PATCH  /api/reviews/{}                       success
        POST   /api/rules/check                      success
        POST   /api/rules/simulate                   success
        POST   /api/recommendations/{}/dismiss       success
        POST   /api/tasks/{}/complete                success
        PATCH  /api/tasks/{}                         success
        POST   /api/campaigns/{}/preview             success
        POST   /api/campaigns/validate               success
        POST   /api/campaigns/{}/test                success
        POST   /api/journeys/preview                 success

        GET    /api/customers/{}/export              admin
        DELETE /api/customers/{}                     admin
        POST   /api/undo                             admin
        POST   /api/evaluations                      admin
        POST   /api/evaluations/{}/undo              admin
        PUT    /api/rules                            admin
        POST   /api/rules/backtest                   admin
        POST   /api/predictions/models/{}/live       admin
        POST   /api/predictions/training             admin
        POST   /api/recommendations                  admin
        PUT    /api/campaigns                        admin
        POST   /api/campaigns/{}/promote             admin
        PUT    /api/events/{}                        admin
        DELETE /api/events/{}                        admin
        PUT    /api/flags/{}                         admin
        POST   /api/actions/{}/cancel                admin
        POST   /api/actions/{}/replay                admin
        PUT    /api/analytics/kpis/{}                admin
        PUT    /api/analytics/value/costs            admin
        GET    /api/keys                             admin
        POST   /api/keys                             admin
        DELETE /api/keys/{}                          admin
        DELETE /api/keys/{}/sessions/{}              admin
        GET    /api/audit                            admin
        GET    /api/cards                            admin
        POST   /api/cards                            admin
        DELETE /api/cards/{}                         admin
        GET    /api/clock                            admin
        POST   /api/clock                            admin
        """;

    /// <summary>Methods of the hub, which a connection may call: all that let somebody connect.</summary>
    public static readonly IReadOnlyDictionary<string, Least> HubMethods =
        new Dictionary<string, Least> { ["Subscribe"] = Least.Viewer };

    public static IReadOnlyList<Guarded> All { get; } = [.. Rows.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(
        row => row.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(parts => new Guarded(parts[0], parts[1], parts[2] switch
        {
            "anybody" => Least.Anybody,
            "write-key" => Least.WriteKey,
            var role => Enum.Parse<Least>(role, ignoreCase: true),
        }))];

    /// <summary>Method and path of everything that a running silo answers at; * where it takes every method.</summary>
    public static IReadOnlyList<(string Method, string Path)> Of(EndpointDataSource endpoints) =>
    [
        .. endpoints.Endpoints.OfType<RouteEndpoint>().SelectMany(endpoint =>
            (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["*"]).Select(method =>
                (method, "/" + Parameter().Replace(endpoint.RoutePattern.RawText!, "{}").Trim('/')))).Distinct(),
    ];

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
