package fetch

import (
	"fmt"
	"reflect"
	"testing"
)

func urls(server *Server, path string, count int) (urls []string) {
	for n := 0; n < count; n++ {
		urls = append(urls, fmt.Sprintf("%s%s?seq=%d", server.URL, path, n))
	}
	return urls
}

func TestThreeAreInFlightAtOnce(t *testing.T) {
	server := startServer(t)
	// The gate holds each request until three wait there at once.
	All(urls(server, "/gate/3", 3))
	wanted := Witness{Requests: 3, Duplicates: 0, Peak: 3}
	if seen := server.witness(t); seen != wanted {
		t.Errorf("the server saw %+v, not %+v", seen, wanted)
	}
}

func TestARefusalIsToldAndNotTriedAgain(t *testing.T) {
	server := startServer(t)
	server.reset(t, `{"faults": ["unavailable", null]}`)
	statuses := All(urls(server, "/200", 2))
	if !reflect.DeepEqual(statuses, []int{503, 200}) {
		t.Error(statuses)
	}
	if seen := server.witness(t); seen.Requests != 2 {
		t.Errorf("%d requests, not 2", seen.Requests)
	}
}
