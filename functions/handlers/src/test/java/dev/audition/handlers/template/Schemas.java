package dev.audition.handlers.template;

import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JacksonNode;
import java.util.List;

/** The JSON Schemas of {@code events/}. */
final class Schemas {
  private Schemas() {}

  /** Return what is wrong with a document. */
  static List<String> errors(String schema, String json) {
    Validator validator =
        new ValidatorFactory().withJsonNodeFactory(new JacksonNode.Factory()).createValidator();
    return validator
        .validate(validator.registerSchema(ProjectFiles.text("events/" + schema)), json)
        .getErrors()
        .stream()
        .map(error -> error.getInstanceLocation() + ": " + error.getError())
        .toList();
  }
}
