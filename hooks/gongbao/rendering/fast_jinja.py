"""Jinja that does less for every page."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from types import FunctionType
from typing import Any

from jinja2 import Environment, nodes, pass_context
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

# What jinja notes on a function that wants to be given the context.
_THE_CONTEXT = vars(pass_context(lambda context: context))["jinja_pass_arg"]


class _PageContext(Context):
    """Calls plain functions and macros, which are nearly all that templates call, in half of jinja's time."""

    def call(self, called: Callable[..., Any], /, *arguments: Any, **named: Any) -> Any:
        """Call what a template calls. Jinja asks first in four ways whether it wants to be given the context."""
        if type(called) is Macro:
            arguments = (self.eval_ctx, *arguments)
        elif type(called) is not FunctionType:
            return super().call(called, *arguments, **named)
        elif wanted := getattr(called, "jinja_pass_arg", None):
            if wanted is not _THE_CONTEXT or named.get("_loop_vars") or named.get("_block_vars"):
                return super().call(called, *arguments, **named)
            arguments = (self, *arguments)
        if named:
            named.pop("_loop_vars", None)
            named.pop("_block_vars", None)
        return called(*arguments, **named)


class _Generator(CodeGenerator):
    """Writes templates as code that escapes what they show by `_escaped`, and that computes nothing ahead.

    Jinja calls a filter while it compiles a template if all arguments are constants (``{{ "aid" | topic_title }}``).
    The compiled template would keep the answer for other archives.
    """

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> str:
        if not isinstance(node, nodes.TemplateData):
            raise nodes.Impossible
        return super()._output_child_to_const(node, frame, finalize)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escaped(")


def _escaped(value: object) -> str:
    """Escape a value as markupsafe does. Nearly all are HTML already, or words that stand on many pages."""
    kind = type(value)
    if kind is Markup:
        return value  # type: ignore[return-value]  # mypy does not see the class
    return _escaped_words(value) if kind is str else escape(value)


_escaped_words = lru_cache(1 << 14)(escape)


def speed_up(environment: Environment) -> None:
    """Have an environment's templates do less for every page. Globals that it is given later may not reach them.

    Jinja copies the globals for each page, and its chain of dictionaries takes thirty times as long as one dictionary.
    """
    environment.context_class = _PageContext
    environment.code_generator_class = _Generator
    environment.optimized = False  # there is nothing in our templates that could be computed before
    environment.extend(escaped=_escaped)
    environment.make_globals = lambda more: {**environment.globals, **(more or {})}  # type: ignore[method-assign, assignment]
