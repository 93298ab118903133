"""Runs a program on a pseudo terminal, types an answer at each prompt, and prints what a person would have seen.

Usage: talk.py PROGRAM ARGUMENT... < answers

Each line of the input is an answer; `^D` ends the program's input. A prompt is a line that ends in `: `. The exit code is
the program's. A program that waits for more than there are answers is ended after ten seconds, with exit code 99.
"""

import os
import pty
import select
import signal
import sys

answers = sys.stdin.read().splitlines()
child, terminal = pty.fork()
if child == 0:
    os.execv(sys.argv[1], sys.argv[1:])
seen = b""
while True:
    if not select.select([terminal], [], [], 10)[0]:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        print(seen.decode(), "and then it waits")
        sys.exit(99)
    try:
        read = os.read(terminal, 4096)
    except OSError:  # the program has closed its end
        break
    if not read:
        break
    seen += read
    if seen.endswith(b": ") and answers:
        answer = answers.pop(0)
        os.write(terminal, b"\x04" if answer == "^D" else answer.encode() + b"\n")
sys.stdout.buffer.write(seen.replace(b"\r\n", b"\n"))
sys.stdout.flush()
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
