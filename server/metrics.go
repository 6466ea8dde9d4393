package server

import (
	"net/http"
	"runtime"
	"runtime/metrics"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"ringback/server/callback"
)

// Metrics are the program's numbers, in a registry of their own. One set may serve
// several Servers, one after the other. Make it with NewMetrics.
type Metrics struct {
	registry  *prometheus.Registry
	requests  *prometheus.CounterVec
	duration  prometheus.Histogram
	http      *prometheus.CounterVec
	latency   *prometheus.HistogramVec
	webhooks  *prometheus.CounterVec
	refusals  *prometheus.CounterVec
	waiting   prometheus.Gauge
	buildInfo *prometheus.GaugeVec
}

// NewMetrics makes the metrics, all at zero.
func NewMetrics() *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: counters("callback_requests_total", "Requests that came to a status.", "status"),
		duration: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "callback_duration_seconds", Help: "From a visitor's asking to the talk.",
			Buckets: []float64{5, 10, 15, 20, 30, 45, 60, 90, 120, 300, 900, 3600, 4 * 3600, 24 * 3600},
		}),
		http: counters("ringback_http_requests_total", "HTTP requests answered, by route and status.", "route", "code"),
		latency: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "ringback_http_duration_seconds", Help: "How long answers took, by route; waiting for a status included.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 25},
		}, []string{"route"}),
		webhooks:  counters("ringback_webhooks_total", "Webhooks of the carrier, by kind and what became of them.", "kind", "result"),
		refusals:  counters("ringback_refusals_total", "Requests that were refused, by the code of the answer.", "code"),
		waiting:   prometheus.NewGauge(prometheus.GaugeOpts{Name: "ringback_status_waiting", Help: "Status requests that wait for a change."}),
		buildInfo: prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "ringback_build_info", Help: "Always 1; the version is its label."}, []string{"version"}),
	}
	m.registry.MustRegister(m.requests, m.duration, m.http, m.latency, m.webhooks, m.refusals, m.waiting, m.buildInfo,
		gauge("ringback_goroutines", "Goroutines of the program: what goes on rising is never ended.", runtime.NumGoroutine),
		gauge("ringback_heap_bytes", "Memory on the heap that is in use, or was until the last collection.", heap))
	for _, status := range callback.Statuses {
		m.requests.WithLabelValues(string(status)) // a status that none came to is 0, not absent
	}
	return m
}

func counters(name, help string, labels ...string) *prometheus.CounterVec {
	return prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, labels)
}

func gauge(name, help string, now func() int) prometheus.Collector {
	return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, func() float64 { return float64(now()) })
}

func heap() int {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return int(sample[0].Value.Uint64())
}

// Registry is where the metrics are registered, for those who add their own.
func (m *Metrics) Registry() *prometheus.Registry { return m.registry }

// Moved counts a request's change of status. It is meant for callback.Engine.Watch.
// A request that follows another has no call of its own, so its time is not measured.
func (m *Metrics) Moved(moved callback.Moved) {
	r := moved.Request
	m.requests.WithLabelValues(string(r.Status)).Inc()
	// Where the callback that told of the bridge was lost, the end of the talk is
	// the first that is heard of it.
	talks := r.Status == callback.Connected || r.Status == callback.Completed && moved.From == callback.Connecting
	if talks && r.Follows == 0 && !r.TalkFrom.IsZero() {
		m.duration.Observe(max(0, r.TalkFrom.Sub(r.AskedAt)).Seconds())
	}
}

func (m *Metrics) answered(route string, code int, took time.Duration) {
	m.http.WithLabelValues(route, strconv.Itoa(code)).Inc()
	m.latency.WithLabelValues(route).Observe(took.Seconds())
}

func (m *Metrics) refused(code callback.Code) { m.refusals.WithLabelValues(string(code)).Inc() }

func (m *Metrics) webhook(kind, result string) { m.webhooks.WithLabelValues(kind, result).Inc() }

func (s *Server) getMetrics(w http.ResponseWriter, r *http.Request) error {
	s.Metrics.buildInfo.WithLabelValues(s.Version).Set(1)
	// Not compressed: it stays on this computer.
	promhttp.HandlerFor(s.Metrics.registry, promhttp.HandlerOpts{DisableCompression: true}).ServeHTTP(w, r)
	return nil
}
