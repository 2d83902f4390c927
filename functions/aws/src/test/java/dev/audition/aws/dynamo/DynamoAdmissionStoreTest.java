package dev.audition.aws.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.aws.testkit.LocalDynamo;
import dev.audition.core.run.RunId;
import dev.audition.core.run.admission.AdmissionService;
import dev.audition.core.run.admission.AdmissionState;
import dev.audition.core.run.admission.AdmissionStore;
import dev.audition.core.run.admission.AdmissionStore.Changes;
import dev.audition.core.run.admission.AdmittedRun;
import dev.audition.core.run.admission.Backoff;
import dev.audition.core.run.admission.Claim;
import dev.audition.core.run.admission.Quotas;
import dev.audition.core.testkit.AdmissionStoreContract;
import dev.audition.core.testkit.ManualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class DynamoAdmissionStoreTest implements AdmissionStoreContract {
  @Override
  public AdmissionStore admissionStore() {
    return new DynamoAdmissionStore(LocalDynamo.access(), LocalDynamo.table(), Backoff.NONE);
  }

  /**
   * As when a queue brings a request twice, to two functions at once, before either has stored it.
   */
  @Test
  void aRunThatStandsInLineTwiceBeginsOnceAndKeepsNobodyOut() {
    AdmissionStore store = admissionStore();
    AdmissionService service =
        new AdmissionService(store, Quotas.ofVcpus(6), new ManualClock(), Backoff.NONE);
    store.enqueue(AdmissionStoreContract.claim("twice", "shop", 1));
    store.enqueue(AdmissionStoreContract.claim("twice", "shop", 2));
    assertThat(service.admit()).containsExactly(new RunId("twice"));
    store.enqueue(AdmissionStoreContract.claim("other", "shop", 3));
    assertThat(service.admit()).containsExactly(new RunId("other"));
    assertThat(store.admitted()).hasSize(2);
  }

  @Test
  void aRunThatWasLetInByOneOfTwoPlacesKeepsNobodyOutByTheOther() {
    AdmissionStore store = admissionStore();
    AdmissionService service =
        new AdmissionService(store, Quotas.ofVcpus(6), new ManualClock(), Backoff.NONE);
    Claim first = AdmissionStoreContract.claim("twice", "shop", 1);
    Claim second = AdmissionStoreContract.claim("twice", "shop", 2);
    store.enqueue(first);
    store.enqueue(second);
    AdmissionState state = store.load();
    List<AdmittedRun> admitted = List.of(new AdmittedRun(first, ManualClock.START));
    assertThat(store.commit(state, state.version(), new Changes(admitted, List.of()))).isTrue();
    store.enqueue(AdmissionStoreContract.claim("other", "shop", 3));
    assertThat(service.admit()).containsExactly(new RunId("other"));
    assertThat(store.front(second.line(), 10)).isEmpty();
  }

  @Test
  void manyFunctionsAtOnceAdmitEachRunOnceAndNeverAboveTheQuota()
      throws ExecutionException, InterruptedException {
    AdmissionStore store = admissionStore();
    AdmissionService service =
        new AdmissionService(store, Quotas.ofVcpus(6), new ManualClock(), Backoff.NONE);
    List<Future<Integer>> functions = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 12; i++) {
        int number = i;
        functions.add(
            executor.submit(
                () -> {
                  store.enqueue(
                      AdmissionStoreContract.claim("run-" + number, "p" + number % 3, number));
                  return service.admit().size();
                }));
      }
    }
    int admitted = 0;
    for (Future<Integer> function : functions) {
      admitted += function.get();
    }
    assertThat(admitted).isEqualTo(6);
    assertThat(store.admitted()).hasSize(6);
    assertThat(service.state().pools().values().stream().mapToInt(pool -> pool.inUse()).sum())
        .isEqualTo(6 * 1024);
  }
}
