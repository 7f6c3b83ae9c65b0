// A list of URLs, all at once, by Java's HttpClient.
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

public class GetAll {
    static CompletableFuture<Boolean> get(HttpClient client, String url) {
        var request = HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofSeconds(5)).build();
        return client.sendAsync(request, BodyHandlers.ofString())
            .handle((answer, error) -> {
                if (error != null) {
                    System.out.println(error.getCause().getClass().getName());
                    return false;
                }
                System.out.println(answer.statusCode() + " " + answer.body());
                return answer.statusCode() < 400;
            });
    }

    public static void main(String[] arguments) throws Exception {
        var client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL).build();
        var urls = Files.readAllLines(Path.of(arguments[0]));
        var all = urls.stream().map(url -> get(client, url)).toList();
        boolean fine = all.stream().map(CompletableFuture::join)
            .reduce(true, Boolean::logicalAnd);
        System.exit(fine ? 0 : 1);
    }
}
