using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace LStep.Api.Hub;

/// <summary>
/// The JSON protocol, but a caller whose arguments cannot be read is told so: by itself the framework answers as if the server had failed.
/// </summary>
internal sealed class TellingProtocol(IHubProtocol json) : IHubProtocol
{
    private static readonly ExceptionDispatchInfo BadArguments = ExceptionDispatchInfo.Capture(new HubException(
        "bad_arguments: these are not the arguments of this method. Subscribe takes one object {after?, tags?}: a whole number, and codes "
        + "of tags such as ST_001."));

    public string Name => json.Name;

    public int Version => json.Version;

    public TransferFormat TransferFormat => json.TransferFormat;

    public bool IsVersionSupported(int version) => json.IsVersionSupported(version);

    public bool TryParseMessage(
        ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        if (!json.TryParseMessage(ref input, binder, out message)) return false;
        // A method that does not exist is told as such already.
        if (message is InvocationBindingFailureMessage { BindingFailure.SourceException: not HubException } failure)
            message = new InvocationBindingFailureMessage(failure.InvocationId, failure.Target, BadArguments);
        return true;
    }

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => json.WriteMessage(message, output);

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => json.GetMessageBytes(message);
}
