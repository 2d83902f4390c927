package dev.audition.local.runtime;

import dev.audition.local.docker.DockerEngine;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The image of the pause container: one static program of a few bytes that sleeps for ever. It is
 * made here and loaded into the engine, so no registry is needed. It has no signal handlers and is
 * process 1 of its container, so only SIGKILL ends it.
 */
final class PauseImage {
  static final String REFERENCE = "audition.local/pause:1";

  /** What {@code /proc/<pid>/comm} says of it; at most 15 characters. */
  static final String PROGRAM = "audition-pause";

  /** Mount points for the volumes of a task live under here. */
  static final String VOLUMES = "/volumes";

  private static final long ADDRESS = 0x400000;
  private static final int ELF_HEADER = 64;
  private static final int PROGRAM_HEADER = 56;
  private static final int MACHINE_X86_64 = 62;
  private static final int MACHINE_AARCH64 = 183;

  /** start: mov eax, 34 (pause); syscall; jmp start. */
  private static final byte[] X86_64 = HexFormat.of().parseHex("b8220000000f05ebf7");

  /**
   * start: mov x0..x4, 0; mov x8, 73 (ppoll); svc 0; b start. There is no pause call on aarch64;
   * ppoll of nothing without a time limit is the same.
   */
  private static final int[] AARCH64 = {
    0xd2800000, 0xd2800001, 0xd2800002, 0xd2800003, 0xd2800004, 0xd2800928, 0xd4000001, 0x17fffff9
  };

  private PauseImage() {}

  /** Put the image into the engine; doing it again does no harm. */
  static void load(DockerEngine engine) {
    String architecture = engine.client().versionCmd().exec().getArch();
    try (var archive = archive(String.valueOf(architecture)).toStream()) {
      engine.client().loadImageCmd(archive).exec();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /**
   * Return the image as {@code docker load} takes it; the same bytes, and so the same id, always.
   */
  static TarArchive archive(String architecture) {
    byte[] layer =
        new TarArchive()
            .file(PROGRAM, 0755, program(architecture))
            .folder("volumes", 0755)
            .toBytes();
    String config =
        """
        {"architecture":"%s","os":"linux","created":"2026-01-01T00:00:00Z",\
        "config":{"Entrypoint":["/%s"],"WorkingDir":"/",\
        "Labels":{"org.opencontainers.image.title":"Audition pause",\
        "org.opencontainers.image.description":"Holds the network namespace of a task."}},\
        "rootfs":{"type":"layers","diff_ids":["sha256:%s"]},\
        "history":[{"created":"2026-01-01T00:00:00Z","created_by":"audition"}]}\
        """
            .formatted(architecture, PROGRAM, sha256(layer));
    byte[] configBytes = config.getBytes(StandardCharsets.UTF_8);
    String configName = sha256(configBytes) + ".json";
    String manifest =
        "[{\"Config\":\"%s\",\"RepoTags\":[\"%s\"],\"Layers\":[\"layer.tar\"]}]"
            .formatted(configName, REFERENCE);
    return new TarArchive()
        .file(configName, 0644, configBytes)
        .file("layer.tar", 0644, layer)
        .file("manifest.json", 0644, manifest.getBytes(StandardCharsets.UTF_8));
  }

  /** Return a static ELF program for an architecture as the engine names it. */
  static byte[] program(String architecture) {
    return switch (architecture) {
      case "amd64" -> elf(MACHINE_X86_64, X86_64);
      case "arm64" -> {
        ByteBuffer code =
            ByteBuffer.allocate(AARCH64.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int instruction : AARCH64) {
          code.putInt(instruction);
        }
        yield elf(MACHINE_AARCH64, code.array());
      }
      default ->
          throw new IllegalStateException(
              "architecture of the Docker engine: %s (expected: amd64 or arm64)"
                  .formatted(architecture));
    };
  }

  private static byte[] elf(int machine, byte[] code) {
    int size = ELF_HEADER + PROGRAM_HEADER + code.length;
    ByteBuffer elf = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    // e_ident: magic, 64 bit, little endian, version 1.
    elf.put(HexFormat.of().parseHex("7f454c46020101")).position(16);
    elf.putShort((short) 2).putShort((short) machine).putInt(1);
    elf.putLong(ADDRESS + ELF_HEADER + PROGRAM_HEADER).putLong(ELF_HEADER).putLong(0);
    elf.putInt(0).putShort((short) ELF_HEADER).putShort((short) PROGRAM_HEADER).putShort((short) 1);
    elf.putShort((short) 0).putShort((short) 0).putShort((short) 0);
    // One segment: the whole file, loadable, read and execute, aligned to 64 KiB pages.
    elf.putInt(1).putInt(5).putLong(0).putLong(ADDRESS).putLong(ADDRESS);
    elf.putLong(size).putLong(size).putLong(0x10000);
    elf.put(code);
    return elf.array();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256: missing (every Java has it)", e);
    }
  }
}
