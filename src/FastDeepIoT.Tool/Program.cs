using FastDeepIoT.Tool;

return await CommandLine.RunAsync(args);
