package fetch

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"testing"
)

// A Server is the test server of one test.
type Server struct {
	Version             int
	URL, Control, Token string
}

// A Witness is what the server saw since the last reset.
type Witness struct {
	Requests, Duplicates int
	Peak                 int `json:"peak_in_flight"`
}

// It ends with the test.
func startServer(t *testing.T, options ...string) *Server {
	t.Helper()
	program := os.Getenv("HARNESS")
	if program == "" {
		program = "harness"
	}
	words := []string{"serve", "--output-format", "json", "--end-with-stdin"}
	command := exec.Command(program, append(words, options...)...)
	command.Stderr = os.Stderr
	stdin, err := command.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		// The server ends when its standard input does.
		stdin.Close()
		command.Wait()
	})
	server := &Server{}
	if err := json.NewDecoder(stdout).Decode(server); err != nil {
		t.Fatalf("`%s serve` did not start: %v", program, err)
	}
	if server.Version != 1 {
		t.Fatalf("version %d", server.Version)
	}
	return server
}

func (server *Server) witness(t *testing.T) (seen Witness) {
	t.Helper()
	answer := server.ask(t, "GET", "/witness?stamps=0", "")
	if err := json.Unmarshal(answer, &seen); err != nil {
		t.Fatal(err)
	}
	return seen
}

// Counts from zero, and does what the plan says from now on.
func (server *Server) reset(t *testing.T, plan string) {
	t.Helper()
	server.ask(t, "POST", "/reset", plan)
}

func (server *Server) ask(t *testing.T, method, path, body string) []byte {
	t.Helper()
	request, err := http.NewRequest(
		method, server.Control+path, bytes.NewBufferString(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+server.Token)
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != 200 {
		t.Fatalf("%s %s: %s %s %v", method, path, answer.Status, text, err)
	}
	return text
}
