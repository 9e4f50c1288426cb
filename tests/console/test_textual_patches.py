"""What the output layer reads and changes in Textual is there in the pinned version."""

import inspect
import sys

import textual
from textual import app, constants, events
from textual._compositor import ChopsUpdate, Compositor, CompositorUpdate, LayoutUpdate
from textual.app import App
from textual.driver import Driver
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from console.textual_patches import SETTINGS, apply_patches, prepare_environment


def test_textual_is_the_version_that_was_read() -> None:
    assert textual.__version__ == "8.2.8"


def test_frames_still_pass_by_one_method_of_the_app() -> None:
    assert list(inspect.signature(App._display).parameters) == ["self", "screen", "renderable"]
    source = inspect.getsource(App._display)
    assert "_batch_count" in source
    assert "post_display_hook" in source


def test_updates_still_carry_strips() -> None:
    assert issubclass(LayoutUpdate, CompositorUpdate)
    assert issubclass(ChopsUpdate, CompositorUpdate)
    layout = LayoutUpdate([[Strip.blank(3)]], Region(1, 2, 3, 1))
    assert (list(layout.strips[0]), layout.region) == ([Strip.blank(3)], Region(1, 2, 3, 1))
    chops = ChopsUpdate([{0: Strip.blank(3), 3: None}], [(0, 0, 3)], [[3, 6]])
    assert (chops.spans, chops.chop_ends, list(chops.chops[0])) == ([(0, 0, 3)], [[3, 6]], [0, 3])
    assert set(inspect.signature(Compositor.render_update).parameters) >= {"full", "screen_stack"}


def test_the_app_still_has_what_is_overridden() -> None:
    for name in ("_display", "_print_error_renderables", "_handle_exception", "post_display_hook"):
        assert callable(getattr(App, name)), name
    assert "self.cursor_position = " in inspect.getsource(App.__init__)
    assert "_exit_renderables" in inspect.getsource(App._print_error_renderables)


def test_a_screen_still_says_what_it_has_to_draw() -> None:
    source = inspect.getsource(Screen) + inspect.getsource(Widget)
    for name in ("_layout_required", "_repaint_required", "_dirty_widgets"):
        assert f"self.{name}" in source, name
    assert isinstance(inspect.getattr_static(App, "message_queue_size"), property)


def test_the_driver_still_has_what_is_overridden() -> None:
    names = (
        "write",
        "start_application_mode",
        "stop_application_mode",
        "disable_input",
        "send_message",
        "close",
    )
    assert all(callable(getattr(Driver, name)) for name in names)
    assert isinstance(inspect.getattr_static(Driver, "can_suspend"), property)
    assert list(inspect.signature(events.Key.__init__).parameters) == ["self", "key", "character"]


def test_standard_streams_are_redirected_by_names_that_can_be_replaced() -> None:
    source = inspect.getsource(app)
    assert "with redirect_stdout(self._capture_stdout)" in source
    assert "with redirect_stderr(self._capture_stderr)" in source
    apply_patches()
    stdout = sys.stdout
    with vars(app)["redirect_stdout"](None), vars(app)["redirect_stderr"](None):
        assert sys.stdout is stdout


def test_the_daemons_environment_is_kept_out_of_the_sessions() -> None:
    environment = {"NO_COLOR": "1", "TEXTUAL_DEBUG": "1", "COLUMNS": "5", "PATH": "/bin"}
    prepare_environment(environment)
    assert environment == {"PATH": "/bin", **SETTINGS}


def test_every_setting_is_one_that_textual_reads() -> None:
    source = inspect.getsource(constants)
    assert all(f'"{name}"' in source for name in SETTINGS)
