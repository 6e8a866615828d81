/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.health;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.weir.health.Health.Answer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Serves /metrics, /livez and /readyz over plain HTTP. A probe answers 200 or 503 and one line that
 * says why. Nothing else is served, and only GET and HEAD.
 *
 * <p>Invariant: its threads are few and daemons; a failing handler answers 500 and stops nothing.
 */
public final class HttpEndpoint implements AutoCloseable {
  /** Where it listens unless configured otherwise: this machine only. */
  public static final String DEFAULT_HOST = "127.0.0.1";

  public static final int DEFAULT_PORT = 9464;

  private static final int THREADS = 3; // one scrape must not keep a probe waiting

  static {
    // The JDK's server waits for ever for a request's end, on a thread of the pool: a few clients
    // that send half a request would silence the probes. Seconds; read when the server's classes
    // load.
    if (System.getProperty("sun.net.httpserver.maxReqTime") == null) {
      System.setProperty("sun.net.httpserver.maxReqTime", "5");
    }
  }

  private final HttpServer server;
  private final ExecutorService pool;

  private HttpEndpoint(HttpServer server, ExecutorService pool) {
    this.server = server;
    this.pool = pool;
  }

  /**
   * Listens.
   *
   * @param port 0 takes a free one
   * @throws BindException if the address cannot be listened on
   */
  public static HttpEndpoint start(String host, int port, HttpHandler metrics, Health health)
      throws IOException {
    InetSocketAddress address = new InetSocketAddress(host, port);
    HttpServer server;
    try {
      server = HttpServer.create(address, 0);
    } catch (BindException e) {
      BindException clear =
          new BindException("cannot listen on %s:%d: %s".formatted(host, port, e.getMessage()));
      clear.initCause(e);
      throw clear;
    }
    AtomicInteger count = new AtomicInteger();
    ExecutorService pool =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "weir-http-" + count.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(pool);
    server.createContext("/metrics", readOnly("/metrics", metrics));
    server.createContext("/livez", readOnly("/livez", probe(health::live)));
    server.createContext("/readyz", readOnly("/readyz", probe(health::ready)));
    server.start();
    return new HttpEndpoint(server, pool);
  }

  /** The port that it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    pool.shutdownNow();
  }

  private static HttpHandler readOnly(String path, HttpHandler handler) {
    return exchange -> {
      if (!exchange.getRequestURI().getPath().equals(path)) {
        answer(exchange, 404, "not found");
      } else if (!exchange.getRequestMethod().matches("GET|HEAD")) {
        answer(exchange, 405, "only GET and HEAD");
      } else {
        handler.handle(exchange);
      }
    };
  }

  private static HttpHandler probe(Supplier<Answer> question) {
    return exchange -> {
      Answer answer;
      try {
        answer = question.get();
      } catch (RuntimeException e) {
        answer(exchange, 500, "the check itself failed: " + e.getClass().getSimpleName());
        return;
      }
      answer(exchange, answer.ok() ? 200 : 503, answer.reason());
    };
  }

  private static void answer(HttpExchange exchange, int code, String line) throws IOException {
    try (exchange) {
      byte[] body = (line + "\n").getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(code, head ? -1 : body.length);
      if (!head) {
        exchange.getResponseBody().write(body);
      }
    }
  }
}
