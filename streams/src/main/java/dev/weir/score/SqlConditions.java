/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.policy.LowerCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.sf.jsqlparser.expression.BinaryExpression;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.LongValue;
import net.sf.jsqlparser.expression.StringValue;
import net.sf.jsqlparser.expression.operators.arithmetic.Modulo;
import net.sf.jsqlparser.expression.operators.conditional.AndExpression;
import net.sf.jsqlparser.expression.operators.conditional.OrExpression;
import net.sf.jsqlparser.expression.operators.relational.Between;
import net.sf.jsqlparser.expression.operators.relational.EqualsTo;
import net.sf.jsqlparser.expression.operators.relational.GreaterThan;
import net.sf.jsqlparser.expression.operators.relational.GreaterThanEquals;
import net.sf.jsqlparser.expression.operators.relational.IsNullExpression;
import net.sf.jsqlparser.expression.operators.relational.LikeExpression;
import net.sf.jsqlparser.expression.operators.relational.MinorThan;
import net.sf.jsqlparser.expression.operators.relational.MinorThanEquals;
import net.sf.jsqlparser.expression.operators.relational.NotEqualsTo;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.delete.Delete;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.WithItem;
import net.sf.jsqlparser.statement.update.Update;
import org.jspecify.annotations.Nullable;

/**
 * Whether a WHERE selects anything: {@code 1=1}, {@code true}, {@code id=id}, {@code x OR 1=1} and
 * their like do not. What is nested too deeply to tell is taken to select nothing.
 */
final class SqlConditions {
  private static final int MAX_DEPTH = 60;

  /** Columns that tell one row from all others. */
  private static final Set<String> KEYS =
      Set.of("id", "sku", "email", "uuid", "key", "number", "no", "slug", "username", "code");

  private SqlConditions() {}

  static boolean selects(@Nullable Expression where) {
    return where != null && !always(where, 0);
  }

  private static boolean always(Expression e, int depth) {
    if (depth > MAX_DEPTH) {
      return true;
    }
    if (e instanceof OrExpression or) {
      return always(or.getLeftExpression(), depth + 1)
          || always(or.getRightExpression(), depth + 1);
    } else if (e instanceof AndExpression and) {
      return always(and.getLeftExpression(), depth + 1)
          && always(and.getRightExpression(), depth + 1);
    } else if (e instanceof ParenthesedExpressionList<?> list) {
      return list.size() == 1 && always(list.get(0), depth + 1);
    } else if (e instanceof BinaryExpression binary) {
      return holds(binary);
    } else if (e instanceof IsNullExpression isNull) {
      return isNull.isNot() && isKey(isNull.getLeftExpression());
    }
    return e instanceof LongValue value
        ? value.getBigIntegerValue().signum() != 0
        : e.toString().equalsIgnoreCase("true");
  }

  private static boolean holds(BinaryExpression e) {
    Expression left = e.getLeftExpression();
    Expression right = e.getRightExpression();
    if (e instanceof EqualsTo) {
      return left.toString().equalsIgnoreCase(right.toString());
    } else if (e instanceof NotEqualsTo) {
      return isLiteral(right) && (isLiteral(left) ? !same(left, right) : isNothing(right));
    } else if (e instanceof LikeExpression like) {
      return !like.isNot() && right instanceof StringValue s && isWild(s.getValue());
    } else if (e instanceof GreaterThan || e instanceof GreaterThanEquals) {
      return isKey(left) && right instanceof LongValue n && n.getBigIntegerValue().signum() <= 0;
    }
    return false;
  }

  /** Whether a WHERE names no row, only a range of keys: of such ranges a few make the whole. */
  static boolean ranges(@Nullable Expression where) {
    if (where instanceof Between between) {
      return !between.isNot() && isKey(between.getLeftExpression());
    } else if (where instanceof AndExpression and) {
      return ranges(and.getLeftExpression()) && ranges(and.getRightExpression());
    } else if (where instanceof GreaterThan
        || where instanceof GreaterThanEquals
        || where instanceof MinorThan
        || where instanceof MinorThanEquals
        || where instanceof NotEqualsTo) {
      return isKey(((BinaryExpression) where).getLeftExpression());
    } else if (where instanceof EqualsTo equal) {
      return equal.getLeftExpression() instanceof Modulo;
    }
    return where instanceof LikeExpression like
        && !like.isNot()
        && like.getRightExpression() instanceof StringValue s
        && s.getValue().length() <= 3
        && s.getValue().endsWith("%");
  }

  private static boolean isKey(Expression e) {
    return e instanceof Column c && LowerCase.of(c.getColumnName()).endsWith("id");
  }

  /** A change of one row, by its key, or no change of rows. */
  static boolean isNarrow(Statement statement) {
    if (statement instanceof Delete delete) {
      return ofOne(delete.getWhere(), 0);
    }
    return !(statement instanceof Update update) || ofOne(update.getWhere(), 0);
  }

  private static boolean ofOne(@Nullable Expression e, int depth) {
    if (e instanceof AndExpression and && depth < MAX_DEPTH) {
      return ofOne(and.getLeftExpression(), depth + 1)
          || ofOne(and.getRightExpression(), depth + 1);
    } else if (e instanceof ParenthesedExpressionList<?> list && depth < MAX_DEPTH) {
      return list.size() == 1 && ofOne(list.get(0), depth + 1);
    }
    return e instanceof EqualsTo equals
        && equals.getLeftExpression() instanceof Column column
        && KEYS.contains(keyOf(column))
        && !(equals.getRightExpression() instanceof Column);
  }

  /** The last word of a column's name. */
  private static String keyOf(Column column) {
    String name = LowerCase.of(column.getColumnName());
    String bare = name.replace("\"", "").replace("`", "");
    return bare.substring(bare.lastIndexOf('_') + 1);
  }

  private static boolean isWild(String pattern) {
    return !pattern.isEmpty() && pattern.chars().allMatch(c -> c == '%');
  }

  private static boolean isLiteral(Expression e) {
    return e instanceof LongValue || e instanceof StringValue;
  }

  private static boolean same(Expression left, Expression right) {
    return left.toString().equals(right.toString());
  }

  private static boolean isNothing(Expression e) {
    return e instanceof StringValue s ? s.getValue().isEmpty() : e.toString().equals("0");
  }

  /** The statements, and what their WITHs change. */
  static List<Statement> parts(List<? extends Statement> statements) {
    List<Statement> parts = new ArrayList<>(statements);
    for (Statement statement : statements) {
      if (statement instanceof Select select && select.getWithItemsList() != null) {
        for (WithItem<?> item : select.getWithItemsList()) {
          if (item.getParenthesedStatement() instanceof Delete delete) {
            parts.add(delete);
          } else if (item.getParenthesedStatement() instanceof Update update) {
            parts.add(update);
          }
        }
      }
    }
    return parts;
  }
}
