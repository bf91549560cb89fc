package dev.ridgepoint.kernels.workload.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ridgepoint.kernels.workload.Catalogue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * All matrices of all layers, and the vocabulary's, add up to the size a model is published with: a second, independent
 * check of widths, heads, gates, experts and layers.
 */
class ParameterCountTest {
    private static final Catalogue CATALOGUE = Catalogue.load();

    @ParameterizedTest
    @CsvSource({
        // model, parameters in 10^9 as the model card says, whether the head is a second copy of the embedding
        "llama-2-7b, 6.74, true",
        "llama-2-13b, 13.02, true",
        "llama-2-70b, 68.98, true",
        "llama-3-8b, 8.03, true",
        "llama-3-70b, 70.55, true",
        "llama-3.1-405b, 405.85, true",
        "llama-3.2-1b, 1.24, false",
        "llama-3.2-3b, 3.21, false",
        "mistral-7b-v0.1, 7.24, true",
        "mixtral-8x7b, 46.70, true",
        "mixtral-8x22b, 140.6, true",
        "qwen2.5-7b, 7.62, true",
        "qwen2.5-72b, 72.71, true",
        "qwen3-0.6b, 0.596, false",
        "qwen3-8b, 8.19, true",
        "qwen3-32b, 32.76, true",
        "qwen3-30b-a3b, 30.53, true",
        "qwen3-235b-a22b, 235.1, true",
        "gemma-2b, 2.51, false",
        "gemma-7b, 8.54, false",
        "gemma-2-9b, 9.24, false",
        "gemma-2-27b, 27.23, false",
        "gemma-3-1b, 1.00, false",
        "deepseek-v3, 671.0, true",
        "deepseek-v2-lite, 15.71, true",
        "tinyllama-1.1b, 1.10, true",
        "gpt2-xl, 1.558, false",
        "gpt-j-6b, 6.05, true",
        "gpt3-175b, 174.6, false",
        "phi-3-mini-4k, 3.82, true",
        "smollm2-1.7b, 1.71, false"
    })
    void theLayersAddUpToThePublishedSize(String name, double billions, boolean twoVocabularies) {
        Decoder model = (Decoder) CATALOGUE.model(name);
        double vocabulary = (twoVocabularies ? 2.0 : 1.0) * model.vocab() * model.hidden();
        double total = (model.weights() + vocabulary) / 1e9;
        // Norms, biases and position tables are the rest.
        assertEquals(billions, total, 0.006 * billions, name + " adds up to " + total);
    }
}
