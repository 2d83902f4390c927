/**
 * One tree for YAML and JSON: raw text, quoting and places kept. The only package that imports
 * SnakeYAML or jackson-core.
 */
@NullMarked
package dev.audition.core.tree;

import org.jspecify.annotations.NullMarked;
