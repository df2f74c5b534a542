namespace System.Runtime.CompilerServices;

/// <summary>Known to the runtime by its name alone; the class library has no such attribute.</summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class IgnoresAccessChecksToAttribute(string assemblyName) : Attribute
{
    public string AssemblyName { get; } = assemblyName;
}
