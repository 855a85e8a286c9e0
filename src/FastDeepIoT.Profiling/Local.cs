using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("y")]
