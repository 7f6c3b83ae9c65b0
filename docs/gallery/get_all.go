// A list of URLs, all at once, by Go's net/http.
package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"
)

func get(client *http.Client, url string) (string, bool) {
	answer, err := client.Get(url)
	if err != nil {
		return fmt.Sprintf("%T", err), false
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return fmt.Sprintf("%T", err), false
	}
	return answer.Status + " " + string(body), answer.StatusCode < 400
}

func main() {
	list, err := os.ReadFile(os.Args[1])
	if err != nil {
		panic(err)
	}
	client := &http.Client{Timeout: 5 * time.Second}
	var waiting sync.WaitGroup
	var lock sync.Mutex
	code := 0
	for _, url := range strings.Fields(string(list)) {
		waiting.Add(1)
		go func(url string) {
			defer waiting.Done()
			said, fine := get(client, url)
			lock.Lock()
			defer lock.Unlock()
			fmt.Println(said)
			if !fine {
				code = 1
			}
		}(url)
	}
	waiting.Wait()
	os.Exit(code)
}
