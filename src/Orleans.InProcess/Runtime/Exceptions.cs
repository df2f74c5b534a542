namespace Orleans.Runtime
{
    public class OrleansException : Exception
    {
        public OrleansException() : base("Unexpected error.") { }

        public OrleansException(string message) : base(message) { }

        public OrleansException(string message, Exception? innerException) : base(message, innerException) { }
    }

    /// <summary>Too many calls are waiting for one activation.</summary>
    public sealed class LimitExceededException : OrleansException
    {
        public LimitExceededException() : base("Limit exceeded") { }

        public LimitExceededException(string message) : base(message) { }

        public LimitExceededException(string message, Exception innerException) : base(message, innerException) { }

        public LimitExceededException(string limitName, int current, int threshold, object extraInfo)
            : base($"Limit exceeded {limitName} Current={current} Threshold={threshold} {extraInfo}") { }
    }

    /// <summary>The call did not run: its grain leaves before it serves any.</summary>
    public class OrleansMessageRejectionException : OrleansException
    {
        internal OrleansMessageRejectionException(string message) : base(message) { }
    }

    /// <summary>The engine is stopping and takes no more calls.</summary>
    public sealed class SiloUnavailableException : OrleansException
    {
        public SiloUnavailableException() : base("SiloUnavailable") { }

        public SiloUnavailableException(string msg) : base(msg) { }

        public SiloUnavailableException(string message, Exception innerException) : base(message, innerException) { }
    }

    public sealed class ReminderException : OrleansException
    {
        public ReminderException() { }

        public ReminderException(string message) : base(message) { }

        public ReminderException(string message, Exception innerException) : base(message, innerException) { }
    }
}

namespace Orleans.Storage
{
    /// <summary>Someone else wrote the state since it was read; the activation that sees this ends and the next one reads anew.</summary>
    public class InconsistentStateException : Runtime.OrleansException
    {
        public InconsistentStateException() { }

        public InconsistentStateException(string message) : base(message) { }

        public InconsistentStateException(string message, Exception? innerException) : base(message, innerException) { }

        public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag) : base(errorMsg)
        {
            StoredEtag = storedEtag;
            CurrentEtag = currentEtag;
        }

        /// <summary>No activation has ended because of it yet.</summary>
        internal bool IsNews { get; set; } = true;

        public string? StoredEtag { get; }

        public string? CurrentEtag { get; }
    }
}
