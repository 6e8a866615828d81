/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What tools' names are read to do, to what. */
class NamingTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "get_booking, read",
    "list_transfers, read",
    "read_book, read",
    "order_status, read",
    "payment_list, read",
    "message.search, read",
    "mcp__desk__ticket_search, read",
    "GetSharePrice, read",
    "ListOrders, read",
    "getUserById, read",
    "search_sent_mail, read",
    "NotesFindNotes, read",
    "get_or_create, read create",
    "book_hotel, book",
    "HotelBooking, book",
    "create_reservation, create book",
    "transfer_money, pay",
    "wire_transfer, pay",
    "make_payment, create pay",
    "submit_order, submit buy",
    "checkout, buy",
    "send_bitcoin, pay",
    "refund_order, pay",
    "process_refund, pay",
    "transfer_to_human, delegate",
    "transfer_repository, move",
    "transfer_ownership, grant",
    "send_email, send",
    "GmailSendEmail, send",
    "email.send, send",
    "mail, send",
    "post_message, send",
    "post_tweet, publish",
    "post_journal_record, create",
    "delete_file, delete",
    "DeleteFiles, delete",
    "file-delete, delete",
    "rm_repo, delete",
    "deleteuser, delete",
    "CustomerListDelete, delete",
    "users/123/delete, delete",
    "Iam.DeleteRole, delete",
    "bulk_del_accts, delete",
    "list_and_delete, read delete",
    "open_file, read",
    "open_garage_door, actuate",
    "open_account, create",
    "set_thermostat, update actuate",
    "turn_off_camera, disable actuate",
    "turn_off_alarm, disable actuate",
    "disable_audit_log, disable",
    "mute_alerts, disable",
    "upgrade_plan, update",
    "fine_tune_model, train",
    "train_staff, schedule",
    "share_document, share",
    "invite_guest, invite",
    "grant_role, grant",
    "assume_role, grant",
    "ban_member, revoke",
    "escalate_ticket, delegate",
    "administer_dose, treat",
    "eliminar_archivo, delete",
    "überweise_geld, pay",
    "supprimer_compte, delete",
    "frobnicate, ''"
  })
  void shouldReadTheVerbInItsOrder(String name, String verbs) {
    assertThat(String.join(" ", Naming.of(name).verbs())).isEqualTo(verbs);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "update_user_password, user credential",
    "rotate_api_key, credential",
    "create_pull_request, code",
    "delete_s3_bucket, storage",
    "drop_db_backup, database backup",
    "set_kill_switch, safeguard",
    "export_model_weights, model weights",
    "upd_acct, account",
    "send_msg, message",
    "add_repositories, repository"
  })
  void shouldKnowWhatItIsDoneTo(String name, String objects) {
    assertThat(String.join(" ", Naming.of(name).objects())).isEqualTo(objects);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "manage_member | {\"action\": \"remove\"} | delete",
        "manage_member | {\"action\": \"list\"} | read",
        "file_editor | {\"command\": \"view\", \"path\": \"/a\"} | read",
        "send_mail | {\"action\": \"list\"} | send",
        "send_mail | {\"action\": \"delete\"} | send delete",
        "http_request | {\"method\": \"GET\", \"url\": \"https://a.b/users\"} | read",
        "http_request | {\"method\": \"DELETE\", \"url\": \"https://a.b/users/1\"} | delete",
        "http_request | {\"method\": \"POST\", \"url\": \"https://a.b/v1/transfers\"} | pay create",
        "graphql | {\"query\": \"mutation { deleteRepository(id: 1) { ok } }\"} | delete",
        "graphql | {\"query\": \"query { repository { name } }\"} | read",
        "call_tool | {\"tool_name\": \"delete_user\", \"arguments\": {}} | delete",
        "invoke_function | {\"function\": \"get_user\"} | read",
        "update_settings | {\"audit_logging\": false} | update disable",
        "update_settings | {\"dark_mode\": false} | update",
        "set_config | {\"key\": \"rate_limit\", \"value\": \"off\"} | update disable"
      })
  void shouldReadTheOperationAmongTheArguments(String tool, String arguments, String verbs) {
    Arguments read = new Arguments(Actions.call(tool, arguments).arguments());
    assertThat(String.join(" ", Deed.of(Naming.of(tool), read).verbs())).isEqualTo(verbs);
  }

  @Property(tries = 500)
  void shouldReadTheSameNameTheSameTwice(@ForAll String name) {
    Naming first = Naming.of(name);
    Naming.of(name + "_other");
    assertThat(Naming.of(name)).isEqualTo(first);
    assertThat(first.words().size()).isLessThanOrEqualTo(24);
  }

  @Test
  void shouldKeepOnlyTheWordsThatChangeApartFromThoseThatRead() {
    assertThat(Lexicon.reads(List.of("read", "delete"))).isFalse();
    assertThat(Lexicon.changes(List.of("read", "delete"))).isTrue();
    assertThat(Lexicon.changes(List.of("interact"))).isFalse();
    assertThat(Lexicon.reads(List.of())).isFalse();
  }
}
