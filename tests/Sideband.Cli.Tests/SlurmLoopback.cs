using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Sideband.Cli.Tests;

/// <summary>A Slurm of one node with two cores on this machine, on loopback and ports of its own, for the tests that need one.</summary>
public sealed class SlurmLoopback : IDisposable
{
    private const string SystemPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private readonly TemporaryFolder _folder = new();
    private readonly CancellationTokenSource _end = new();
    private readonly bool _started;

    public SlurmLoopback()
    {
        string[] programs = ["munged", "slurmctld", "slurmd", "sbatch", "scontrol", "squeue", "sinfo", "scancel"];
        var paths = SystemPath.Split(':');
        Missing = Environment.UserName != "root" ? "starting Slurm needs root"
            : programs.FirstOrDefault(program => !paths.Any(path => File.Exists(Path.Combine(path, program)))) is { } absent
                ? $"{absent} is not on this machine (./test --install installs slurm-wlm and munge)"
                : null;
        if (Missing is null)
        {
            _started = true;
            Missing = Start();
            new Thread(BeginAtOnce) { IsBackground = true }.Start();
        }
    }

    /// <summary>Why there is no Slurm; null where there is one.</summary>
    public string? Missing { get; }

    /// <summary>What every client needs.</summary>
    public IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>
    {
        ["SLURM_CONF"] = Conf,
        ["PATH"] = $"{SystemPath}:{Environment.GetEnvironmentVariable("PATH")}",
    };

    private string Conf => _folder.PathOf("slurm.conf");

    private static string Node => Dns.GetHostName().Split('.')[0];

    /// <summary>Runs a client, which must succeed, and gives its output.</summary>
    public string Ask(string program, params string[] arguments)
    {
        var (code, output) = Run(program, arguments);
        code.ShouldBe(0, output);
        return output;
    }

    /// <summary>
    /// The controller dies, perhaps before it has saved what it knows. Then it begins jobs again that still run, and takes the node out of
    /// service for it.
    /// </summary>
    public void KillController()
    {
        Signals.Send("KILL", _folder.PathOf("slurmctld.pid"));
        File.Delete(_folder.PathOf("slurmctld.pid"));
    }

    /// <summary>The controller comes back with what it had saved.</summary>
    public void RestartController() => Run("slurmctld").Code.ShouldBe(0);

    /// <summary>A node in service and an empty queue, whatever a test before left.</summary>
    public void Clear()
    {
        Run("scancel", "-u", "root");
        Run("scontrol", "update", $"NodeName={Node}", "State=RESUME");
        Waiting.Until(() => Run("squeue", "-h").Output.Trim().Length == 0, "an empty queue");
    }

    /// <summary>The node goes down with all that runs on it, and comes back.</summary>
    public void LoseNode()
    {
        Waiting.Until(
            () => Run("scontrol", "update", $"NodeName={Node}", "State=DOWN", "Reason=test").Code == 0,
            "the controller to take the node down");

        // Refused where the node came back already.
        Run("scontrol", "update", $"NodeName={Node}", "State=RESUME");
    }

    /// <summary>A job of another partition, of higher rank, takes the whole node for two seconds as soon as Slurm gives it.</summary>
    /// <returns>Its number.</returns>
    public string TakeNode() =>
        Ask("sbatch", "--parsable", "--partition=owner", "--cpus-per-task=2", "--output=/dev/null", "--wrap=sleep 2").Trim();

    /// <summary>The states in which jobs ended or left their node, as the controller wrote them down.</summary>
    public string[] EndStates(string job) => File.Exists(_folder.PathOf("jobcomp.log"))
        ? [.. File.ReadLines(_folder.PathOf("jobcomp.log"))
            .Where(line => line.Contains($" ArrayJobId={job} ", StringComparison.Ordinal))
            .Select(line => line.Split(' ').First(entry => entry.StartsWith("JobState=", StringComparison.Ordinal))[9..])]
        : [];

    public void Dispose()
    {
        _end.Cancel();
        if (_started)
        {
            Run("scancel", "-u", "root");
            Run("scontrol", "shutdown");
            foreach (var daemon in (string[])["slurmd", "slurmctld", "munged"])
            {
                // A controller that does not answer shuts nothing down.
                var pid = _folder.PathOf(daemon + ".pid");
                for (var i = 0; i < 100 && File.Exists(pid) && daemon != "munged"; i++)
                {
                    Thread.Sleep(50);
                }

                if (File.Exists(pid))
                {
                    Signals.Send("TERM", pid);
                }

                for (var i = 0; i < 100 && File.Exists(pid); i++)
                {
                    Thread.Sleep(50);
                }
            }
        }

        _folder.Dispose();
    }

    private string? Start()
    {
        var root = Path.GetDirectoryName(Conf)!;
        Run("chmod", "711", root);
        foreach (var part in (string[])["spool", "state"])
        {
            Directory.CreateDirectory(Path.Combine(root, part));
        }

        File.WriteAllBytes(_folder.PathOf("munge.key"), RandomNumberGenerator.GetBytes(1024));
        Run("chmod", "400", _folder.PathOf("munge.key"));
        File.WriteAllText(Conf, Configuration(root));
        string[] munge =
        [
            $"--key-file={root}/munge.key", $"--socket={root}/munge.sock", $"--pid-file={root}/munged.pid",
            $"--log-file={root}/munged.log", $"--seed-file={root}/munge.seed", "--force",
        ];
        foreach (var (program, arguments) in (ReadOnlySpan<(string, string[])>)[("munged", munge), ("slurmctld", ["-c"]), ("slurmd", [])])
        {
            if (Run(program, arguments) is { Code: not 0 } failed)
            {
                return $"{program} does not start: {failed.Output.Trim()}";
            }
        }

        for (var i = 0; i < 300; i++)
        {
            if (Run("sinfo", "-h", "-o", "%T").Output.Contains("idle", StringComparison.Ordinal))
            {
                return null;
            }

            Thread.Sleep(100);
        }

        return "Slurm started, and its node does not become idle";
    }

    // What an administrator and patience do: a node that was taken out of service comes back, and what is queued again begins, by Slurm's
    // rule two minutes later.
    private void BeginAtOnce()
    {
        string[] before = [];
        while (!_end.Token.WaitHandle.WaitOne(3000))
        {
            if (Run("sinfo", "-h", "-o", "%T").Output is var state && (state.Contains("drain") || state.Contains("down")))
            {
                Run("scontrol", "update", $"NodeName={Node}", "State=RESUME");
            }

            // Not those that may still be ending.
            var (code, output) = Run("squeue", "-h", "-r", "-t", "PENDING", "-o", "%r %F_%K");
            string[] now = code == 0 ? [.. output.Split('\n').Where(line => line.StartsWith("BeginTime ", StringComparison.Ordinal))] : [];
            foreach (var line in now.Intersect(before))
            {
                Run("scontrol", "update", $"JobId={line[10..].Trim()}", "StartTime=now");
            }

            before = now;
        }
    }

    private static string Configuration(string root)
    {
        var ports = FreePorts(2);
        return $"""
            ClusterName=test
            SlurmctldHost={Node}(127.0.0.1)
            SlurmUser=root
            SlurmdUser=root
            AuthType=auth/munge
            AuthInfo=socket={root}/munge.sock
            CredType=cred/munge
            SlurmctldPort={ports[0]}
            SlurmdPort={ports[1]}
            CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
            StateSaveLocation={root}/state
            SlurmdSpoolDir={root}/spool
            SlurmctldPidFile={root}/slurmctld.pid
            SlurmdPidFile={root}/slurmd.pid
            SlurmctldLogFile={root}/slurmctld.log
            SlurmdLogFile={root}/slurmd.log
            ProctrackType=proctrack/linuxproc
            TaskPlugin=task/none
            JobAcctGatherType=jobacct_gather/none
            JobCompType=jobcomp/filetxt
            JobCompLoc={root}/jobcomp.log
            AccountingStorageType=accounting_storage/none
            SelectType=select/cons_tres
            SelectTypeParameters=CR_Core
            SchedulerType=sched/backfill
            SchedulerParameters=batch_sched_delay=0,sched_interval=1,requeue_setup_env_fail
            ReturnToService=2
            MpiDefault=none
            SwitchType=switch/none
            MaxArraySize=4
            SlurmdTimeout=10
            KillWait=5
            MessageTimeout=30
            PreemptType=preempt/partition_prio
            PreemptMode=REQUEUE
            NodeName={Node} NodeAddr=127.0.0.1 CPUs=2 RealMemory=1000 State=UNKNOWN
            PartitionName=main Nodes={Node} Default=YES MaxTime=INFINITE State=UP OverSubscribe=NO PriorityTier=1
            PartitionName=guest Nodes={Node} MaxTime=INFINITE State=UP OverSubscribe=NO PriorityTier=1 PreemptMode=CANCEL GraceTime=4
            PartitionName=owner Nodes={Node} MaxTime=INFINITE State=UP OverSubscribe=NO PriorityTier=9 PreemptMode=OFF

            """;
    }

    private static int[] FreePorts(int count)
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        foreach (var listener in listeners)
        {
            listener.Start();
        }

        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        foreach (var listener in listeners)
        {
            listener.Dispose();
        }

        return ports;
    }

    private (int Code, string Output) Run(string program, params string[] arguments)
    {
        var path = SystemPath.Split(':').Select(folder => Path.Combine(folder, program)).First(File.Exists);
        var start = new ProcessStartInfo(path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["SLURM_CONF"] = Conf;
        using var process = Process.Start(start)!;

        // Daemons keep what they inherit open: reading to the end would wait for them.
        var output = new System.Text.StringBuilder();
        process.OutputDataReceived += (_, line) => Append(line.Data);
        process.ErrorDataReceived += (_, line) => Append(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (!process.WaitForExit(TimeSpan.FromMinutes(2)))
        {
            process.Kill();
            return (1, $"{program} does not end");
        }

        Thread.Sleep(50);
        lock (output)
        {
            return (process.ExitCode, output.ToString());
        }

        void Append(string? line)
        {
            lock (output)
            {
                output.AppendLine(CultureInfo.InvariantCulture, $"{line}");
            }
        }
    }
}
