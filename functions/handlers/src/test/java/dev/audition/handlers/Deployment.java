package dev.audition.handlers;

import dev.audition.core.image.ImageConfig;
import dev.audition.core.image.ImageConfigs;
import dev.audition.core.run.Run;
import dev.audition.core.run.RunId;
import dev.audition.core.run.RunService;
import dev.audition.core.run.admission.AdmissionService;
import dev.audition.core.run.admission.Backoff;
import dev.audition.core.run.admission.Quotas;
import dev.audition.core.run.admission.RunQueue;
import dev.audition.core.run.port.RunPorts;
import dev.audition.core.run.port.TaskRuntime;
import dev.audition.core.source.SourceArchiveWriter;
import dev.audition.core.task.Grants;
import dev.audition.core.task.TaskDescription;
import dev.audition.core.testkit.Compositions;
import dev.audition.core.testkit.InMemoryAdmissionStore;
import dev.audition.core.testkit.InMemoryBlobStore;
import dev.audition.core.testkit.InMemoryRunStore;
import dev.audition.core.testkit.ManualClock;
import dev.audition.core.testkit.ScriptedTaskRuntime;
import dev.audition.handlers.log.Log;
import dev.audition.handlers.log.Metrics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the functions decide with, over fakes, in one thread and in virtual time. */
final class Deployment {
  static final String OWN_IMAGE = "public.ecr.aws/docker/library/python:3.13-slim";

  final ManualClock clock = new ManualClock();
  final InMemoryBlobStore blobs = new InMemoryBlobStore();
  final InMemoryRunStore stored = new InMemoryRunStore();
  final ScriptedTaskRuntime tasks = new ScriptedTaskRuntime(clock);
  final Map<String, ImageConfig> images = new HashMap<>();
  final Lines lines = new Lines(clock);
  final Log log = lines.log;
  final Metrics metrics = lines.metrics;
  final ObservedRunStore store = new ObservedRunStore(stored, clock, log, metrics, _ -> {});
  final AdmissionService admission =
      new AdmissionService(new InMemoryAdmissionStore(), Quotas.ofVcpus(6), clock, Backoff.NONE);
  final Map<String, String> outOfReach = new HashMap<>();
  final ImageConfigs configs = new KnownForNow();
  final Map<String, Grants> granted = new HashMap<>();
  final List<Map<String, String>> opened = new ArrayList<>();
  final FargatePlans plans = new FargatePlans(new ProjectImages(this::open), OWN_IMAGE);
  final RequestedProjects projects =
      new RequestedProjects(blobs, name -> granted.getOrDefault(name, Grants.NONE));
  final CloudPreparation preparation =
      new CloudPreparation(store, projects, plans, new StepValues(blobs));
  final RunService runs = service(tasks);
  final RunQueue queue = new RunQueue(admission, store, runs, clock, Runnable::run, () -> true);
  final RunRequests requests = requests(projects);

  /** What is known of images, but for those whose registry does not answer at the moment. */
  private final class KnownForNow implements ImageConfigs {
    @Override
    public Optional<ImageConfig> find(String reference) {
      return mayBeKnownSoon(reference)
          ? Optional.empty()
          : Optional.ofNullable(images.get(reference));
    }

    @Override
    public String whyUnknown(String reference) {
      return outOfReach.getOrDefault(reference, "");
    }

    @Override
    public boolean mayBeKnownSoon(String reference) {
      return outOfReach.containsKey(reference);
    }
  }

  RunRequests requests(RequestedProjects read) {
    return new RunRequests(
        store, runs, queue, read, plans, Quotas.ofVcpus(6), 0, Duration.ofDays(30), clock);
  }

  private ImageConfigs open(Map<String, String> registries) {
    opened.add(registries);
    return configs;
  }

  RunService service(TaskRuntime runtime) {
    return new RunService(new RunPorts(store, runtime, preparation), clock, Runnable::run, _ -> {});
  }

  /** Know an image that runs one command as root. */
  Deployment knows(String image) {
    images.put(image, Compositions.image("run"));
    return this;
  }

  /** Store a source of files and return a request for it. */
  String source(String runId, String more, String... namesAndTexts) {
    SourceArchiveWriter writer = new SourceArchiveWriter();
    for (int i = 0; i < namesAndTexts.length; i += 2) {
      writer.add(namesAndTexts[i], namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
    }
    blobs.put("runs/" + runId + "/source.zip", writer.zip());
    return request(runId, more);
  }

  static String request(String runId, String more) {
    return """
    {"schema": 1, "runId": "%1$s", "project": "shop",
     "source": {"archive": "runs/%1$s/source.zip", "name": "shop"}%2$s}\
    """
        .formatted(runId, more);
  }

  /** Take what happened to tasks to their runs, as the task event function does. */
  void deliver() {
    for (List<TaskDescription> events = tasks.takeEvents();
        !events.isEmpty();
        events = tasks.takeEvents()) {
      for (TaskDescription event : new ArrayList<>(events)) {
        runs.taskChanged(event);
      }
    }
  }

  Run run(String id) {
    return stored.load(new RunId(id)).orElseThrow();
  }

  String text(String id, String name) {
    return stored.text(new RunId(id), name).orElse("");
  }

  String log() {
    return lines.text();
  }
}
