using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Sideband.Cli.Tests;

/// <summary>
/// What other code can use of an assembly, as text: a line a public type, and indented a line a member that it declares and that is
/// public or protected, all in ordinal order. What the compiler adds to records is left out, interface members as they are implemented
/// explicitly too.
/// </summary>
internal static class PublicSurface
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Type[] Implied = [typeof(object), typeof(ValueType), typeof(Enum)];

    private static readonly NullabilityInfoContext Nullability = new();

    public static string Of(Assembly assembly)
    {
        var types = assembly.GetExportedTypes().OrderBy(Name, StringComparer.Ordinal);
        return string.Concat(types.Select(type => Head(type) + "\n" + string.Concat(Members(type).Select(member => $"    {member}\n"))));
    }

    private static string Head(Type type)
    {
        var kind = type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            { IsValueType: true } => "struct",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };
        List<string> above = [];
        if (type.BaseType is { } parent && !Implied.Contains(parent))
        {
            above.Add(TypeName.Of(parent));
        }

        if (!type.IsEnum)
        {
            var inherited = type.BaseType?.GetInterfaces() ?? [];
            above.AddRange(type.GetInterfaces().Except(inherited).Select(face => TypeName.Of(face)).Order(StringComparer.Ordinal));
        }

        return $"{kind} {Name(type)}" + (above.Count > 0 ? " : " + string.Join(", ", above) : "");
    }

    private static string Name(Type type) => $"{type.Namespace}.{TypeName.Of(type)}";

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            return Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name), CultureInfo.InvariantCulture)}");
        }

        return type.GetMembers(Declared).Select(Line).OfType<string>().Order(StringComparer.Ordinal);
    }

    /// <summary>Null for what cannot be used from outside, or is no member of its own.</summary>
    private static string? Line(MemberInfo member)
    {
        if (member.IsDefined(typeof(CompilerGeneratedAttribute)))
        {
            return null;
        }

        return member switch
        {
            ConstructorInfo constructor when IsVisible(constructor) && !constructor.IsStatic =>
                $"{Access(constructor)}new({Parameters(constructor)})",
            MethodInfo { IsSpecialName: false } method when IsVisible(method) =>
                $"{Access(method)}{Result(method)} {method.Name}{TypeName.Arguments(method)}({Parameters(method)})",
            MethodInfo { IsSpecialName: true } method when IsVisible(method) && method.Name.StartsWith("op_", StringComparison.Ordinal) =>
                $"{Access(method)}{Result(method)} {method.Name}({Parameters(method)})",
            PropertyInfo property when (property.GetMethod ?? property.SetMethod) is { } accessor && IsVisible(accessor) =>
                Access(accessor) + Property(property),
            FieldInfo field when field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly => Field(field),
            EventInfo change when change.AddMethod is { } add && IsVisible(add) =>
                $"{Access(add)}event {TypeName.Of(change.EventHandlerType!)} {change.Name}",
            _ => null,
        };
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Access(MethodBase method)
    {
        var access = method.IsPublic ? "" : "protected ";
        return access + method switch
        {
            { IsStatic: true, IsAbstract: true } => "static abstract ",
            { IsStatic: true } => "static ",
            { DeclaringType.IsInterface: true } => "",
            { IsAbstract: true } => "abstract ",
            { IsVirtual: true, IsFinal: false } => (method as MethodInfo)?.GetBaseDefinition() == method ? "virtual " : "override ",
            _ => "",
        };
    }

    private static string Field(FieldInfo field)
    {
        var type = TypeName.Of(field.FieldType, Nullability.Create(field));
        var how = field switch { { IsLiteral: true } => "const ", { IsStatic: true } => "static ", _ => "" };
        var readOnly = field.IsInitOnly ? "readonly " : "";
        var value = field.IsLiteral ? " = " + Literal(field.GetRawConstantValue()) : "";
        return $"{(field.IsPublic ? "" : "protected ")}{how}{readOnly}{type} {field.Name}{value}";
    }

    private static string Result(MethodInfo method) => TypeName.Of(method.ReturnType, Nullability.Create(method.ReturnParameter));

    private static string Property(PropertyInfo property) =>
        $"{TypeName.Of(property.PropertyType, Nullability.Create(property))} {property.Name}{Index(property)} {{ {Accessors(property)} }}";

    private static string Accessors(PropertyInfo property)
    {
        var get = property.GetMethod is { } getter && IsVisible(getter) ? "get;" : "";
        var set = property.SetMethod is { } setter && IsVisible(setter)
            ? setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init;" : "set;"
            : "";
        return $"{get} {set}".Trim() + (property.IsDefined(typeof(RequiredMemberAttribute)) ? " required" : "");
    }

    private static string Index(PropertyInfo property)
    {
        var parameters = property.GetIndexParameters();
        return parameters.Length == 0 ? "" : $"[{string.Join(", ", parameters.Select(Parameter))}]";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var how = parameter switch
        {
            { IsOut: true } => "out ",
            { IsIn: true, ParameterType.IsByRef: true } => "in ",
            { ParameterType.IsByRef: true } => "ref ",
            _ when parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) => "params ",
            _ => "",
        };
        var value = parameter.HasDefaultValue ? " = " + Literal(parameter.RawDefaultValue) : "";
        return $"{how}{TypeName.Of(parameter.ParameterType, Nullability.Create(parameter))} {parameter.Name}{value}";
    }

    private static string Literal(object? value) => value switch
    {
        null => "default",
        string text => $"\"{text}\"",
        bool truth => truth ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
