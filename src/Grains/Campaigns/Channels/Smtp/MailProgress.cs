using MailKit;

namespace LStep.Grains.Campaigns.Channels.Smtp;

/// <summary>
/// Whether the mail was written whole. From then on its end mark may be on the way, and a cut line says nothing about whether it was taken.
/// </summary>
internal sealed class MailProgress : ITransferProgress
{
    public bool Given { get; private set; }

    public void Report(long bytesTransferred, long totalSize) => Given |= bytesTransferred >= totalSize;

    /// <summary>Without a total nobody knows how much is missing.</summary>
    public void Report(long bytesTransferred) => Given = true;
}
