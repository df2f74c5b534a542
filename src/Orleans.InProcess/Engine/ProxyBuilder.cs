using System.Linq.Expressions;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Orleans.InProcess;

/// <summary>
/// Emits, per grain interface, the reference class that implements it, and per method a request class that holds the
/// arguments in fields and calls the grain. In C# it would read:
/// <code>
/// class Reference : GrainReference, IFoo { Task&lt;int&gt; Add(int a) { var call = new AddRequest { a = a }; Send(call); return call.Reply; } }
/// class AddRequest : Request&lt;int&gt; { int a; AddRequest() : base(Method) { } Task Invoke(object grain) =&gt; ((IFoo)grain).Add(a); }
/// </code>
/// </summary>
internal static class ProxyBuilder
{
    private const MethodAttributes Override = MethodAttributes.Public | MethodAttributes.Virtual | MethodAttributes.HideBySig | MethodAttributes.Final;

    public static Func<GrainReference> Build(Type grainInterface)
    {
        var methods = MethodsOf(grainInterface);
        var name = $"Orleans.InProcess.Proxies.{grainInterface.FullName}";
        var assembly = AssemblyBuilder.DefineDynamicAssembly(new(name), AssemblyBuilderAccess.Run);
        LookInto(assembly, [typeof(Engine).Assembly, grainInterface.Assembly, .. methods.SelectMany(TypesOf).Select(type => type.Assembly)]);
        var module = assembly.DefineDynamicModule(name);

        var reference = module.DefineType("Reference", TypeAttributes.Sealed, typeof(GrainReference), [grainInterface]);
        for (var i = 0; i < methods.Count; i++)
            ImplementBySending(reference, methods[i], RequestFor(module, $"{methods[i].Name}_{i}", grainInterface, methods[i]));
        return Expression.Lambda<Func<GrainReference>>(Expression.New(reference.CreateType())).Compile();
    }

    private static List<MethodInfo> MethodsOf(Type grainInterface)
    {
        if (!grainInterface.IsInterface || grainInterface.IsGenericType)
            throw new NotSupportedException($"{grainInterface} is no plain interface; the embedded engine makes references to nothing else.");
        List<MethodInfo> methods = [.. grainInterface.GetInterfaces().Prepend(grainInterface)
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)).Where(method => method.IsAbstract)];
        foreach (var method in methods)
            if (method.IsGenericMethod || method.GetParameters().Any(parameter => parameter.ParameterType.IsByRef) || Reply.Of(method.ReturnType) is null)
                throw new NotSupportedException($"{grainInterface.Name}.{method.Name}: a grain method returns Task, Task<T>, ValueTask or ValueTask<T> and is neither generic nor by reference.");
        return methods;
    }

    private static ConstructorBuilder RequestFor(ModuleBuilder module, string name, Type grainInterface, MethodInfo method)
    {
        var reply = Reply.Of(method.ReturnType)!;
        var request = module.DefineType(name, TypeAttributes.Sealed, reply.Request);
        var described = request.DefineField("Method", typeof(CallMethod), FieldAttributes.Public | FieldAttributes.Static);
        FieldBuilder[] arguments = [.. method.GetParameters().Select((parameter, i) => request.DefineField($"argument{i}", parameter.ParameterType, FieldAttributes.Private))];

        var constructor = request.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, [.. arguments.Select(argument => argument.FieldType)]);
        var il = constructor.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldsfld, described);
        il.Emit(OpCodes.Call, reply.Request.GetConstructors(BindingFlags.NonPublic | BindingFlags.Instance).Single());
        for (var i = 0; i < arguments.Length; i++)
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldarg, i + 1);
            il.Emit(OpCodes.Stfld, arguments[i]);
        }
        il.Emit(OpCodes.Ret);

        il = request.DefineMethod(nameof(Call.Invoke), Override, typeof(Task), [typeof(object)]).GetILGenerator();
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Castclass, method.DeclaringType!);
        foreach (var argument in arguments)
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldfld, argument);
        }
        il.Emit(OpCodes.Callvirt, method);
        if (method.ReturnType.IsValueType)
        {
            var value = il.DeclareLocal(method.ReturnType);
            il.Emit(OpCodes.Stloc, value);
            il.Emit(OpCodes.Ldloca, value);
            il.Emit(OpCodes.Call, method.ReturnType.GetMethod(nameof(ValueTask.AsTask))!);
        }
        il.Emit(OpCodes.Ret);

        if (Array.Find(arguments, argument => argument.FieldType == typeof(CancellationToken)) is { } token)
        {
            il = request.DefineMethod($"get_{nameof(Call.Cancellation)}", Override, typeof(CancellationToken), []).GetILGenerator();
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldfld, token);
            il.Emit(OpCodes.Ret);
        }
        request.CreateType().GetField("Method")!.SetValue(null, Describe(grainInterface, method));
        return constructor;
    }

    private static void ImplementBySending(TypeBuilder reference, MethodInfo method, ConstructorBuilder newRequest)
    {
        var reply = Reply.Of(method.ReturnType)!;
        Type[] parameters = [.. method.GetParameters().Select(parameter => parameter.ParameterType)];
        var sending = reference.DefineMethod($"{method.DeclaringType!.FullName}.{method.Name}", Override | MethodAttributes.NewSlot, method.ReturnType, parameters);
        reference.DefineMethodOverride(sending, method);
        var il = sending.GetILGenerator();
        var call = il.DeclareLocal(reply.Request);
        for (var i = 0; i < parameters.Length; i++) il.Emit(OpCodes.Ldarg, i + 1);
        il.Emit(OpCodes.Newobj, newRequest);
        il.Emit(OpCodes.Stloc, call);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldloc, call);
        il.Emit(OpCodes.Call, typeof(GrainReference).GetMethod(nameof(GrainReference.Send), BindingFlags.NonPublic | BindingFlags.Instance)!);
        il.Emit(OpCodes.Ldloc, call);
        il.Emit(OpCodes.Call, reply.Getter);
        if (method.ReturnType.IsValueType) il.Emit(OpCodes.Newobj, method.ReturnType.GetConstructor([reply.Getter.ReturnType])!);
        il.Emit(OpCodes.Ret);
    }

    private static CallMethod Describe(Type grainInterface, MethodInfo method) => new(
        $"{grainInterface.Name}.{method.Name}",
        method.IsDefined(typeof(AlwaysInterleaveAttribute)),
        method.IsDefined(typeof(ReadOnlyAttribute)),
        method.GetCustomAttribute<ResponseTimeoutAttribute>()?.Timeout);

    private static IEnumerable<Type> TypesOf(MethodInfo method) =>
        method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType).SelectMany(WithArguments);

    private static IEnumerable<Type> WithArguments(Type type) => type.GenericTypeArguments.SelectMany(WithArguments).Append(type);

    /// <summary>Lets the emitted code see internal types of these assemblies, as code generated into them would.</summary>
    private static void LookInto(AssemblyBuilder assembly, IEnumerable<Assembly> others)
    {
        var constructor = typeof(IgnoresAccessChecksToAttribute).GetConstructor([typeof(string)])!;
        foreach (var name in others.Select(other => other.GetName().Name!).Distinct())
            assembly.SetCustomAttribute(new CustomAttributeBuilder(constructor, [name]));
    }

    /// <summary>What a method of some return type becomes.</summary>
    private sealed record Reply(Type Request)
    {
        public MethodInfo Getter => Request.GetProperty(nameof(InProcess.Request.Reply))!.GetMethod!;

        public static Reply? Of(Type type) =>
            type == typeof(Task) || type == typeof(ValueTask) ? new(typeof(Request))
            : type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>))
                ? new(typeof(Request<>).MakeGenericType(type.GenericTypeArguments))
            : null;
    }
}
