/* The bytes of FILE as the object NAME, with the end right behind them: see table.h. */
	.section .rodata
	.globl NAME
	.balign 16
NAME:
	.incbin FILE
	.byte 0
	.globl NAME_END
