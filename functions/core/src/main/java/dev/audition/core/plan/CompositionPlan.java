package dev.audition.core.plan;

import java.util.List;

/** The tasks of a composition and the images to build for them. */
record CompositionPlan(List<TaskPlan> tasks, List<ImageBuild> builds) {}
