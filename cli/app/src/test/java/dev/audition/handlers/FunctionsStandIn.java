package dev.audition.handlers;

import dev.audition.aws.sqs.Queue;
import dev.audition.aws.sqs.ReceivedMessage;
import dev.audition.core.image.ImageConfigs;
import dev.audition.core.pipeline.Project;
import dev.audition.core.request.RunRequest;
import dev.audition.core.run.RunService;
import dev.audition.core.run.admission.AdmissionService;
import dev.audition.core.run.admission.Quotas;
import dev.audition.core.run.admission.RunQueue;
import dev.audition.core.run.port.BlobStore;
import dev.audition.core.run.port.ProjectGrants;
import dev.audition.core.run.port.RunPorts;
import dev.audition.core.run.port.RunStore;
import dev.audition.core.source.SourceFiles;
import dev.audition.core.task.FargateOptions;
import dev.audition.core.task.TaskDescription;
import dev.audition.core.testkit.ManualClock;
import dev.audition.core.testkit.ScriptedTaskRuntime;
import dev.audition.handlers.log.Log;
import dev.audition.handlers.log.Metrics;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The functions of a deployment in this process, with tasks that do as they are scripted. */
public final class FunctionsStandIn {
  /** Whose tasks these are. */
  public final ScriptedTaskRuntime tasks;

  private final Queue messages;
  private final RequestedProjects projects;
  private final RunRequests requests;
  private final RunService runs;
  private final RunQueue queue;

  /**
   * Make them.
   *
   * @param messages the queue of requests
   */
  public FunctionsStandIn(
      RunStore store,
      BlobStore blobs,
      Queue messages,
      AdmissionService admission,
      ProjectGrants grants,
      ImageConfigs images,
      ManualClock clock) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Log log = Log.to(nowhere, clock);
    ObservedRunStore observed =
        new ObservedRunStore(store, clock, log, new Metrics(nowhere, clock, "test"), _ -> {});
    FargatePlans plans =
        new FargatePlans(new ProjectImages(_ -> images), FargateOptions.DEFAULT_OWN_IMAGE);
    this.messages = messages;
    this.tasks = new ScriptedTaskRuntime(clock);
    this.projects = new RequestedProjects(blobs, grants);
    this.runs =
        new RunService(
            new RunPorts(
                observed,
                tasks,
                new CloudPreparation(observed, projects, plans, new StepValues(blobs))),
            clock,
            Runnable::run,
            _ -> {});
    this.queue = new RunQueue(admission, observed, runs, clock, Runnable::run, () -> true);
    this.requests =
        new RunRequests(
            observed,
            runs,
            queue,
            projects,
            plans,
            Quotas.ofVcpus(6),
            0,
            Duration.ofDays(30),
            clock);
  }

  /** Receive one message, if there is one. */
  public Optional<ReceivedMessage> receive() {
    return messages.receive(1, Duration.ZERO).stream().findFirst();
  }

  /** Do what the messages ask for that are there. */
  public void takeAll() {
    Optional<ReceivedMessage> message = receive();
    while (message.isPresent()) {
      var _ = requests.take(message.get().body());
      messages.delete(message.get().receiptHandle());
      message = receive();
    }
  }

  /** Let time pass for the tasks, and tell what happened to them. */
  public void advance(Duration by) {
    tasks.advance(by);
    for (List<TaskDescription> events = tasks.takeEvents();
        !events.isEmpty();
        events = tasks.takeEvents()) {
      events.forEach(
          event -> runs.taskChanged(event).ifPresent(run -> queue.changed(List.of(run))));
    }
  }

  /** Read the project of a request as the functions read it. */
  public Project read(RunRequest request) {
    return projects.read(request).project();
  }

  /** Return the files of a request as the functions see them. */
  public SourceFiles files(RunRequest request) {
    return projects.read(request).files();
  }
}
