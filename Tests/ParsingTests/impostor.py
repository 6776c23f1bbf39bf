"""Stands in for a worker that went wrong. Usage: impostor.py KIND; it is asked on descriptor 3 and answers on 4."""
import os
import socket
import struct
import sys
import time

channel = socket.socket(fileno=3)


def answer(content):
    while content:
        content = content[os.write(4, content):]


def frame(kind, content=b"", length=None):
    answer(struct.pack("<BI", kind, len(content) if length is None else length) + content)


def number(value):
    return struct.pack("<q", value)


def text(value):
    return number(len(value)) + value


VALUE, REFUSAL, ROWS, END = 1, 2, 3, 4
while True:
    request = channel.recv(17)
    if not request:
        sys.exit(0)
    match sys.argv[1]:
        case "silent":
            time.sleep(60)
        case "gone":
            sys.exit(0)
        case "trapped":
            os.kill(os.getpid(), 4)
        case "endless":
            answer(struct.pack("<BI", VALUE, 0xFFFFFFFF))
            time.sleep(60)
        case "unknown":
            frame(9, b"x")
        case "counts":
            frame(VALUE, number(1 << 40))
        case "negative":
            frame(VALUE, number(-1))
        case "text":
            frame(VALUE, number(1) + text(b"\xff\xfe"))
        case "longer":
            frame(VALUE, number(1) + number(100) + b"short")
        case "behind":
            frame(VALUE, number(0) + b"more")
        case "refusal":
            frame(REFUSAL, b"\x07nonsense")
        case "pixels":
            frame(VALUE, number(2) + number(2) + number(3) + text(bytes(12)))
        case "pixels-few":
            frame(VALUE, number(2) + number(2) + number(3) + text(bytes(11)))
        case "pixels-many":
            frame(VALUE, number(1 << 62) + number(4) + number(3) + text(bytes(12)))
        case "pixels-large":
            frame(VALUE, number(8) + number(2) + number(3) + text(bytes(48)))
        case "wide":
            frame(VALUE, number(2) + text(b"a") + text(b"b"))
            frame(ROWS, number(1) + number(2) + number(1) + text(b"x"))
            frame(END)
