using System.Net.Sockets;
using LStep.Api.Http;
using LStep.Grains;
using Npgsql;
using Orleans.Runtime;
using Orleans.Storage;

namespace LStep.System.Tests.Http;

/// <summary>Which trouble a client is asked to try again after, and which is ours.</summary>
public sealed class TransientFailureTests
{
    public static TheoryData<Exception, int, string> Cases => new()
    {
        { new OverloadedException("20 steps"), 503, "overloaded" },
        { new LimitExceededException("20 calls"), 503, "overloaded" },
        { new TimeoutException(), 503, "overloaded" },
        { new StorageUnavailableException("at 10.0.0.1"), 503, "storage_unavailable" },
        { new NpgsqlException("by peer", new SocketException()), 503, "storage_unavailable" },
        { Sql("08006"), 503, "storage_unavailable" },
        { Sql("25006"), 503, "storage_unavailable" },
        { Sql("28P01"), 503, "storage_unavailable" },
        { Sql("3D000"), 503, "storage_unavailable" },
        { Sql("40001"), 503, "storage_unavailable" },
        { Sql("42P01"), 503, "storage_unavailable" },
        { Sql("53100"), 503, "storage_unavailable" },
        { Sql("53300"), 503, "storage_unavailable" },
        { Sql("55P03"), 503, "storage_unavailable" },
        { Sql("57014"), 503, "storage_unavailable" },
        { Sql("57P03"), 503, "storage_unavailable" },
        { Sql("58030"), 503, "storage_unavailable" },
        { Sql("XX002"), 503, "storage_unavailable" },
        { new RefusedByDatabaseException("22001"), 422, "refused_by_database" },
        { new SiloUnavailableException("S10.0.0.1"), 503, "silo_unavailable" },
        { new OrleansException("some silo, somehow"), 503, "silo_unavailable" },
        { new InconsistentStateException("another activation wrote it"), 503, "silo_unavailable" },
        { new TaskCanceledException("by its end"), 503, "silo_unavailable" },
        { new AggregateException(new SiloUnavailableException("S10.0.0.1"), new TimeoutException()), 503, "silo_unavailable" },
        { new AggregateException(new SiloUnavailableException("S10.0.0.1"), new InvalidOperationException()), 500, "internal_error" },
        { new InvalidOperationException("a bug"), 500, "internal_error" },
        { new ObjectDisposedException("used too late"), 500, "internal_error" },
    };

    private static PostgresException Sql(string state) => new("what it says", "ERROR", "ERROR", state);

    [Fact]
    public void A_customer_that_cannot_be_read_is_503_until_it_is_mended_and_does_not_pass_by_itself()
    {
        var problem = Problems.Translate(new UnreadableCustomerException("The packed customer cannot be read: tag 99."), "trace");

        Assert.Equal((503, "unreadable_customer", "trace"), (problem.Status, problem.Code, problem.TraceId));
        Assert.False(TransientFailure.Is(new UnreadableCustomerException("")));
        Assert.DoesNotContain("tag 99", problem.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Trouble_that_passes_is_503_and_a_fault_of_ours_is_500(Exception trouble, int status, string code)
    {
        var problem = Problems.Translate(trouble, "trace");

        Assert.Equal((status, code, "trace"), (problem.Status, problem.Code, problem.TraceId));
        Assert.Equal(status == 503, TransientFailure.Is(trouble));
        Assert.DoesNotContain(trouble.Message, problem.Detail, StringComparison.Ordinal);
    }
}
