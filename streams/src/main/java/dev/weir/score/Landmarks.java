/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.policy.LowerCase;
import java.util.Set;

/**
 * What a path of a command line is by its name: a credential, a start-up file, a log, a model's
 * weights, a backup. By hashed names and ends, in the time of one pass.
 */
final class Landmarks {
  private static final int MAX_LENGTH = 400;
  private static final Set<String> SECRET_NAMES =
      Set.of(
          "shadow",
          "shadow-",
          "gshadow",
          "sudoers",
          ".netrc",
          "_netrc",
          ".pgpass",
          ".my.cnf",
          ".env",
          ".git-credentials",
          ".npmrc",
          ".pypirc",
          ".htpasswd",
          "id_rsa",
          "id_dsa",
          "id_ecdsa",
          "id_ed25519",
          "credentials.json",
          "master.key",
          "kubeconfig",
          ".vault-token",
          "secrets.yml",
          "secrets.yaml",
          "secrets.json",
          "secret.yaml",
          "terraform.tfstate",
          "ntds.dit",
          "sam",
          "application_default_credentials.json",
          ".boto",
          ".s3cfg",
          "login.keychain-db",
          "login data",
          "wallet.dat",
          "krb5.keytab",
          "service-account.json",
          ".dockercfg",
          "hosts.yml",
          "private_key");
  private static final Set<String> SECRET_ENDS =
      Names.of(
          """
          pem key p12 pfx kdbx jks keystore ppk keytab tfstate asc
          """);
  private static final Set<String> SECRET_FOLDERS =
      Set.of(
          ".ssh", ".aws", ".gnupg", ".kube", ".azure", ".password-store", ".gcloud", "keychains");
  private static final Set<String> HARMLESS =
      Set.of("known_hosts", "config", "authorized_keys", "", "*", ".", "..");
  private static final Set<String> STARTUP_NAMES =
      Names.of(
          """
          authorized_keys authorized_keys2 .bashrc .zshrc .zshenv .zprofile .profile
          .bash_profile .bash_login .bash_logout .login .cshrc .kshrc rc.local
          ld.so.preload bash.bashrc sudoers crontab inittab sshrc .xinitrc .xprofile
          .gitconfig sitecustomize.py usercustomize.py config.fish startup profile.ps1
          microsoft.powershell_profile.ps1
          """);
  private static final String[] STARTUP_FOLDERS =
      Names.array(
          """
          /cron. /crontabs/ /spool/cron /systemd/ /init.d/ /launchagents/ /launchdaemons/
          /profile.d/ /.git/hooks/ /autostart/ /pam.d/ /sudoers.d/ /startup/
          /udev/rules.d/ /rc.d/ /xdg/ /update-motd.d/ /ld.so.conf.d/
          """);
  private static final Set<String> WEIGHTS_ENDS =
      Names.of(
          """
          safetensors ckpt gguf ggml pth pt onnx h5 tflite
          """);

  private Landmarks() {}

  private static final String[] PERSONAL =
      Names.array(
          """
          customer member patient subject personal people employee payroll users client
          citizen student voter subscriber
          """);

  /** Whether a file or folder holds what concerns many persons, as far as the name tells. */
  static boolean isPersonal(String path) {
    if (path.length() > MAX_LENGTH || path.length() < 5) {
      return false;
    }
    String lower = LowerCase.of(path);
    for (String word : PERSONAL) {
      if (lower.contains(word)) {
        return true;
      }
    }
    return false;
  }

  /** Where the bytes of a file come from, by its name. */
  static int taints(String path) {
    return (isSecret(path) ? Flow.SECRET | Flow.LOCAL : Flow.LOCAL)
        | (isPersonal(path) ? Flow.PERSONAL : 0);
  }

  private static String base(String path) {
    int slash = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
    return LowerCase.of(path.substring(slash + 1));
  }

  private static String end(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** Whether a credential lies there, as far as the name tells. */
  static boolean isSecret(String path) {
    if (path.length() > MAX_LENGTH) {
      return false;
    }
    String name = base(path);
    if (name.endsWith(".pub")) {
      return false;
    }
    boolean dotted = name.indexOf('.') > 0;
    if (name.equals(".ssh") || name.equals(".aws") || name.equals(".gnupg")) {
      return true;
    }
    if (SECRET_NAMES.contains(name)) {
      return (!name.equals("sam") && !name.equals("hosts.yml")) || path.indexOf("config") >= 0;
    }
    if ((dotted && SECRET_ENDS.contains(end(name)))
        || name.startsWith("id_rsa")
        || name.startsWith(".env.prod")) {
      return true;
    }
    return path.indexOf('/') >= 0 && inSecretFolder(path, name);
  }

  private static boolean inSecretFolder(String path, String name) {
    int end = path.length() - name.length() - 1;
    if (end <= 0) {
      return false;
    }
    String folder = base(path.substring(0, end));
    boolean environ = name.equals("environ") && path.startsWith("/proc/");
    boolean mounted = path.startsWith("/var/run/secrets/") || path.startsWith("/run/secrets/");
    boolean kube =
        folder.equals(".kube") || (folder.equals(".docker") && name.equals("config.json"));
    return environ
        || mounted
        || (kube && !name.isEmpty())
        || (SECRET_FOLDERS.contains(folder) && !HARMLESS.contains(name))
        || (SECRET_FOLDERS.contains(folder) && name.equals("*"));
  }

  /** Whether what is written there runs, or lets somebody in, later. */
  static boolean isStartup(String path) {
    if (path.length() > MAX_LENGTH) {
      return false;
    }
    String name = base(path);
    if (STARTUP_NAMES.contains(name)) {
      return (!name.equals("startup") && !name.equals("crontab")) || path.indexOf('/') >= 0;
    }
    if (path.indexOf('/') < 0 && path.indexOf('\\') < 0) {
      return false;
    }
    String p = LowerCase.of(path).replace('\\', '/');
    for (String folder : STARTUP_FOLDERS) {
      if (p.contains(folder)) {
        return true;
      }
    }
    return false;
  }

  /** Whether it is a record of what happened on the machine. */
  static boolean isTrace(String path) {
    String name = base(path);
    return path.startsWith("/var/log")
        || path.startsWith("/var/audit")
        || name.endsWith("_history")
        || name.equals("wtmp")
        || name.equals("utmp")
        || name.equals("lastlog")
        || name.equals("btmp")
        || name.endsWith(".evtx");
  }

  /** Whether it is a backup or a snapshot by its name. */
  static boolean isBackup(String path) {
    String p = LowerCase.of(path);
    return p.contains("backup") || p.contains("snapshot");
  }

  /** Whether a model's weights lie there. */
  static boolean isWeights(String path) {
    String name = base(path);
    return (name.indexOf('.') > 0 && WEIGHTS_ENDS.contains(end(name)))
        || (name.startsWith("pytorch_model") && path.length() < MAX_LENGTH);
  }

  /** Where a machine keeps who its users are and what they may. */
  static boolean isAccounts(String path) {
    return path.equals("/etc/passwd")
        || path.equals("/etc/shadow")
        || path.equals("/etc/group")
        || path.equals("/etc/gshadow")
        || path.startsWith("/etc/sudoers");
  }
}
