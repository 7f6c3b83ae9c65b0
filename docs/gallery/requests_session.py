"""A list of URLs, one by one, over one Session of requests."""

import sys

import requests

fine = True
with open(sys.argv[1], encoding="utf-8") as urls, requests.Session() as session:
    for url in urls.read().split():
        try:
            answer = session.get(url, timeout=5)
            print(answer.status_code, answer.text)
            fine = fine and answer.ok
        except requests.RequestException as error:
            print(type(error).__name__)
            fine = False
sys.exit(0 if fine else 1)
