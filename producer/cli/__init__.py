"""The command line: a module for each command, imported when it is called."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

import click

from producer.cli.stream import outlive_readers
from producer.cli.words import LANGUAGES, Words, language_of

COMMANDS = (
    "init", "check", "plan", "why", "build", "approve", "verify", "archive", "library", "due", "impact", "intake",
    "consent", "schema",
    "doctor",
)  # fmt: skip
REAL_STAGES = "producer.pipeline:real_stages"


def main(arguments: Sequence[str] | None = None, stages: str = REAL_STAGES) -> NoReturn:
    """Run the program and exit with its code; ``stages`` names the function that gives the stages."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    words = Words(language_of(arguments, os.environ))
    outlive_readers()
    try:
        code = Program(words, stages).main(arguments, "producer", standalone_mode=False)
    except click.UsageError as error:
        click.echo(usage(error, words), err=True)
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        code = 130
    sys.exit(code)


def usage(error: click.UsageError, words: Words) -> str:
    """Return what is wrong with the command line, and where to read on."""
    match error:
        case click.exceptions.NoArgsIsHelpError(ctx=click.Context() as context):
            return context.get_help()
        case click.MissingParameter(param=click.Parameter() as parameter, ctx=click.Context() as context):
            sentence = words("usage.missing", name=parameter.make_metavar(context))
        case click.NoSuchOption(option_name=name):
            sentence = words("usage.option", name=name)
        case click.NoSuchCommand(command_name=name):
            sentence = words("usage.command", name=name)
        case click.BadParameter(param=click.Parameter() as parameter):
            name = parameter.opts[-1] if parameter.opts[-1].startswith("-") else words("usage.argument")
            sentence = words("usage.value", name=name, problem=error.message)
        case _:
            sentence = words("usage.other", problem=error.message)
    near = getattr(error, "possibilities", None)
    sentence = f"{sentence}: {words('usage.near', name=near[0])}" if near else sentence
    command = error.ctx.command_path if error.ctx else "producer"
    return f"{words('word.error')}: {sentence}\n{words('usage.help', command=command)}"


class Formatter(click.HelpFormatter):
    """Help with its headings in the reader's language."""

    words: Words

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """See click."""
        super().write_usage(prog, args, prefix or self.words("help.usage"))

    def write_heading(self, heading: str) -> None:
        """See click."""
        known = {"Options": "help.options", "Commands": "help.commands"}
        super().write_heading(self.words(known[heading]) if heading in known else heading)


class Context(click.Context):
    """A context whose help speaks the reader's language."""

    def make_formatter(self) -> click.HelpFormatter:
        """See click."""
        formatter = Formatter(width=self.terminal_width, max_width=self.max_content_width or 100)
        formatter.words = self.find_root().obj
        return formatter


class Command(click.Command):
    """A command whose help speaks the reader's language."""

    context_class = Context

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """See click."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = ctx.find_root().obj("help.self")
        return option


class Group(Command, click.Group):
    """A command that only has others below it, to which it hands on the options that it shares with them."""

    def __init__(
        self, name: str, commands: Sequence[click.Command], options: Sequence[click.Option], words: Words
    ) -> None:
        """Take the commands, in the order in which help lists them."""
        super().__init__(
            name, commands=commands, params=[*options], callback=self.hand_on, help=words(f"help.{name}")
        )

    def hand_on(self, **options: object) -> None:
        """Make what was said before the command's name the default of what may be said behind it."""
        context = click.get_current_context()
        said = {name: value for name, value in options.items() if value}
        context.default_map = dict.fromkeys(self.commands, said)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """See click."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.help or "") for name, command in self.commands.items()])


class Program(Command, click.Group):
    """The commands by name. Listing them imports none."""

    def __init__(self, words: Words, stages: str) -> None:
        """Take the language, and the stages that commands run."""
        version = click.Option(
            ["--version"], is_flag=True, expose_value=False, callback=show_version, help=words("help.version")
        )
        lang = click.Option(
            ["--lang"], type=click.Choice(LANGUAGES), expose_value=False, help=words("option.lang")
        )
        settings = {"obj": words, "help_option_names": ["-h", "--help"]}
        super().__init__(
            "producer", help=words("help.program"), params=[version, lang], context_settings=settings
        )
        self.words, self.stages = words, stages

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """See click."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """See click."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"producer.cli.{cmd_name}")
        command: click.Command = module.command(self.words, self.stages)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """See click."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, self.words(f"help.{name}")) for name in COMMANDS])


def show_version(ctx: click.Context, _option: click.Parameter, asked: bool) -> None:
    """Print the version where it is asked for."""
    if asked:
        from importlib.metadata import version

        click.echo(f"producer {version('producer')}")
        ctx.exit()
