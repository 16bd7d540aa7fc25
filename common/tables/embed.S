/* The bytes of FILE as the object NAME, a byte 0 and the end right behind them: see table.h. */
#define PASTE(a, b) a##b
#define END_OF(name) PASTE(name, _END)
	.section .rodata
	.globl NAME
	.balign 16
NAME:
	.incbin FILE
	.byte 0
	.globl END_OF(NAME)
END_OF(NAME):
	.section .note.GNU-stack, "", %progbits
