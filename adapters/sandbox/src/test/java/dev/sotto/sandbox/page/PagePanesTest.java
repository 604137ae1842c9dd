package dev.sotto.sandbox.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import dev.sotto.sandbox.side.Place;
import dev.sotto.sandbox.slack.SlackServer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Chromium.class)
class PagePanesTest {
  private final List<List<String>> rows = new CopyOnWriteArrayList<>();
  private Browser browser;
  private Office office;

  @BeforeEach
  void open(Browser given) {
    browser = given;
    Disk disk =
        _ -> List.of(new Disk.Table("message", rows.size(), List.of("id", "key", "content"), rows));
    office = new Office(given, Optional.of(disk));
    store("1", "8f31");
  }

  private void store(String id, String content) {
    rows.addFirst(List.of(id, "key-1", content));
  }

  @AfterEach
  void close() {
    try {
      assertThat(office.complaints()).isEmpty();
    } finally {
      office.close();
    }
  }

  @Test
  void showsRowsAsTheyAreStored() {
    Visitor maria = office.visit();
    Locator shown = maria.window().locator(".disk tbody tr");
    assertThat(shown).hasCount(1);

    store("2", "c0ffee00");

    assertThat(shown.first()).containsText("c0ffee00");
    assertThat(maria.window().locator(".disk .count")).hasText("2");
  }

  @Test
  void findsAWordOnlyIfItLiesThereReadably() {
    Visitor maria = office.visit();
    Locator found = maria.window().locator(".found");
    maria.window().getByLabel("Look for").fill("coffee");
    assertThat(found).hasText("not in any of 3 cells");

    store("2", HexFormat.of().formatHex("my Coffee".getBytes(StandardCharsets.UTF_8)));

    assertThat(found).hasText("in 1 of 6 cells");
  }

  @Test
  void foldsTheRowsAway() {
    Visitor maria = office.visit();
    Locator toggle =
        maria
            .window()
            .getByRole(
                AriaRole.BUTTON,
                new com.microsoft.playwright.Page.GetByRoleOptions().setName("On disk"));
    assertThat(maria.window().locator(".disk")).isVisible();

    toggle.click();

    assertThat(maria.window().locator(".disk")).isHidden();
    assertThat(toggle).hasAttribute("aria-expanded", "false");
  }

  @Test
  void hasNoSuchPaneWhereNothingIsStored() {
    try (Office other = new Office(browser, Optional.empty())) {
      assertThat(other.visit().window().locator(".disk")).hasCount(0);
    }
  }

  @Test
  void dropsTheConnectionOfTheBot() {
    Visitor maria = office.visit();
    maria.window().getByText("Faults").first().click();
    Locator slack = maria.window().locator(".faults fieldset[data-side=slack]");
    assertThat(slack.locator(".state")).containsText("1 connection");

    slack.getByText("Drop the connection").click();
    await().until(() -> office.slack.sockets().open() == 0);
    assertThat(slack.locator(".state")).containsText("0 connections");
    slack.getByText("429").click();

    assertThat(slack.locator(".state")).containsText("1 faults planned");
    assertThat(office.slack.faults().left()).isEqualTo(1);
  }

  @Test
  void hasOnePaneATimeOnANarrowScreen() {
    Visitor maria = office.visit(390, 844);
    assertThat(maria.pane("slack")).isVisible();
    assertThat(maria.pane("discord")).isHidden();

    maria.window().locator(".tabs [data-tab=slack]").focus();
    maria.press("ArrowRight");
    assertThat(maria.pane("discord")).isVisible();
    maria.press("ArrowRight");
    assertThat(maria.window().locator(".disk tbody tr")).hasCount(1);

    assertThat(maria.window().evaluate("document.documentElement.scrollWidth <= innerWidth"))
        .isEqualTo(true);
  }

  @Test
  void reachesEverythingByKeyboard() {
    Visitor maria = office.visit();
    office.slack.say(SlackServer.TOM, Place.in(SlackServer.IT_HELP), "over here");
    assertThat(maria.pane("slack").locator(".channel .dot")).hasCount(1);

    maria.pane("slack").locator(".people [aria-checked=true]").focus();
    maria.press("ArrowRight");
    assertThat(maria.pane("slack").locator(".people [aria-checked=true]")).containsText("tom");
    maria.press("Tab");
    assertThat(maria.pane("slack").locator(".channel[aria-current]")).isFocused();
    maria.press("ArrowDown", "Enter");

    assertThat(maria.messages("slack").last()).containsText("over here");
    assertThat(maria.field("slack")).isFocused();
  }

  @Test
  void saysHowToComeInWithoutTheKey() {
    Visitor maria = office.visit();

    maria.window().navigate("about:blank");
    maria.window().navigate(office.sandbox.url() + "/");

    assertThat(maria.window().locator(".gate")).containsText("needs its key");
    office.forgive("403");
    office.forgive("request to null");
  }
}
