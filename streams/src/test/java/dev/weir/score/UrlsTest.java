/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.policy.Fact;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlsTest {
  private static Map<Fact, Object> read(String text) {
    return Urls.read(new Arguments(Map.of("url", text)), Set.of("corp.example"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "http://2130706433/x, 127.0.0.1",
    "http://0x7f.1/, 127.0.0.1",
    "http://0251.0376.0251.0376/, 169.254.169.254",
    "http://10.0.0.1:8080/, 10.0.0.1",
    "https://A.Corp.Example./, a.corp.example",
    "http://[::1]:80/, [::1]",
    "https://good.example@evil.example/, evil.example",
    "ftp://u:p@files.example, files.example",
    "shop.example/cart, shop.example"
  })
  void shouldReadTheHostAsProgramsDo(String url, String host) {
    assertThat(read(url)).containsEntry(URL_HOSTS, List.of(host));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "http://0x7f.1/",
        "https://good.example@evil.example/",
        "https://good.example\\@evil.example/",
        "https://xn--80ak6aa92e.com/",
        "https://p\u0430ypal.example/",
        "http://2852039166/latest"
      })
  void shouldTellAHostThatPassesForAnother(String url) {
    assertThat(read(url)).containsEntry(URL_DECEPTIVE, true);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "http://a.corp.example/, 0",
    "http://localhost:3000/, 0",
    "http://172.20.1.1/, 0",
    "http://db.internal/, 0",
    "http://10.evil.example/, 1",
    "http://172.40.1.1/, 1",
    "http://notcorp.example/, 1",
    "http://8.8.8.8/, 1",
    "http://[::ffff:10.0.0.1]/, 0",
    "http://[::ffff:a00:1]/, 0",
    "http://[::ffff:808:808]/, 1",
    "http://[::ffff::1, 1"
  })
  void shouldTellInsideFromOutside(String url, long external) {
    assertThat(read(url)).containsEntry(URL_EXTERNAL, external).containsEntry(URL_DECEPTIVE, false);
  }

  @Test
  void shouldKnowMetadataKindsAndQueries() {
    assertThat(read("http://169.254.169.254/latest")).containsEntry(URL_METADATA, true);
    assertThat(read("http://[::ffff:169.254.169.254]/")).containsEntry(URL_METADATA, true);
    assertThat(read("http://[::ffff:a9fe:a9fe]/")).containsEntry(URL_METADATA, true);
    assertThat(read("https://x.pastebin.com/raw")).containsEntry(URL_KINDS, List.of("paste"));
    assertThat(read("https://notpastebin.com/")).containsEntry(URL_KINDS, List.of());
    assertThat(read("https://a.example/p?q=12345 next")).containsEntry(URL_QUERY, 7L);
    assertThat(read("https://a.example/?u=https://b.example/?q=1 http://c.example/?r=1"))
        .containsEntry(URL_QUERY, 24L);
    assertThat(Urls.read(new Arguments(Map.of("note", "a.b is fine")), Set.of())).isEmpty();
  }

  @Test
  void shouldReadRecipientsAndTheirOrganizations() {
    Map<String, Object> to =
        Map.of("to", "Ann <ann@x.example>, all@x.example; b@y.example.", "body", "c@z.example");
    assertThat(Mails.read(new Arguments(to), Set.of("x.example")))
        .containsEntry(MAIL_RECIPIENTS, 3L)
        .containsEntry(MAIL_EXTERNAL, 1L)
        .containsEntry(MAIL_ORGANIZATIONS, 1L)
        .containsEntry(MAIL_LISTS, 1L);
    Map<String, Object> bcc = Map.of("bcc_addresses", List.of("a@x.example.evil.example"));
    assertThat(Mails.read(new Arguments(bcc), Set.of("x.example")))
        .containsEntry(MAIL_EXTERNAL, 1L);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "/srv/app/../../etc/shadow, PATH_SECRET",
    "//etc//./passwd, PATH_SYSTEM",
    "C:\\Windows\\System32\\drivers, PATH_SYSTEM",
    "C:\\Users\\a\\AppData\\Roaming\\Microsoft\\Windows\\Start Menu\\Programs\\Startup\\x.bat,"
        + " PATH_STARTUP",
    "/home/a/.aws/credentials, PATH_SECRET",
    "config/master.key, PATH_SECRET",
    "/Users/a/.zshrc, PATH_STARTUP",
    ".github/workflows/ci.yml, PATH_WORKFLOW",
    "/var/log/audit/audit.log, PATH_LOG",
    "/, PATH_ROOT",
    "../../other/x, PATH_TRAVERSAL",
    "%2e%2e%2fetc/x, PATH_TRAVERSAL"
  })
  void shouldKnowWhereAPathLies(String path, Fact fact) {
    assertThat(Paths.read(new Arguments(Map.of("file_path", path)))).containsEntry(fact, true);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {"src/keyboard.py", "docs/monkey.md", "/home/a/notes.txt", ".env.example", "a.pub"})
  void shouldNotTakeAnOrdinaryFileForASecret(String path) {
    assertThat(Paths.read(new Arguments(Map.of("path", path)))).doesNotContainKey(PATH_SECRET);
  }
}
