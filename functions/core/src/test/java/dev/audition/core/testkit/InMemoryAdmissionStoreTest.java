package dev.audition.core.testkit;

import dev.audition.core.run.admission.AdmissionStore;

final class InMemoryAdmissionStoreTest implements AdmissionStoreContract {
  @Override
  public AdmissionStore admissionStore() {
    return new InMemoryAdmissionStore();
  }
}
