package server

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// HTTPServer makes a server for one of the handlers, with every limit set. When it
// shuts down, status calls that wait are answered at once. It opens no listener.
//
// What is no HTTP, or has a header that is too long, net/http answers itself (400, 417, 431,
// 501 and the like) and closes the connection. No handler sees it, so that this answer alone
// carries no X-Request-ID, and no log line is about it.
func (s *Server) HTTPServer(h http.Handler) *http.Server {
	ctx, close := context.WithCancel(context.Background())
	server := &http.Server{
		Handler:                      h,
		ReadHeaderTimeout:            5 * time.Second,
		ReadTimeout:                  15 * time.Second,
		WriteTimeout:                 longestWait + 20*time.Second, // from the end of the header on
		IdleTimeout:                  75 * time.Second,
		MaxHeaderBytes:               16 << 10,
		DisableGeneralOptionsHandler: true, // OPTIONS * is answered by us, like everything
		ErrorLog:                     slog.NewLogLogger(s.log().Handler(), slog.LevelWarn),
		BaseContext: func(net.Listener) context.Context {
			return context.WithValue(context.Background(), closingKey{}, ctx.Done())
		},
	}
	server.RegisterOnShutdown(close)
	return server
}
