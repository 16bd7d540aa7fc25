/*
 * binder: a check as it is written, bound to the cells of its form.
 */
#ifndef BINDER_H
#define BINDER_H

#include <stdbool.h>

#include "expression.h"
#include "rules.h"

/* Adds the rule's instances; `e` is room to read its expression in.  False, said with file and line, if it is no check. */
bool bind_rule(struct rules *r, struct rule *rule, struct span scope, struct expression *e);

#endif
